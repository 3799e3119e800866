/* Signals, the end of the process, and what its children cost. */
#include "addon.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

INT_FUNCTION(signalDefault, 1, sigaction(a, &(struct sigaction){.sa_handler = SIG_DFL}, NULL))
INT_FUNCTION(raise, 1, kill(getpid(), a))
INT_FUNCTION(exit, 1, (_exit(a), 0))

/* 0: user time, 1: system time, both in microseconds; 2: KiB of the largest. */
static int64_t child_usage(int which)
{
	struct rusage usage;
	struct timeval *time = which ? &usage.ru_stime : &usage.ru_utime;

	getrusage(RUSAGE_CHILDREN, &usage);
	return which == 2 ? usage.ru_maxrss : (int64_t)time->tv_sec * 1000000 + time->tv_usec;
}

INT_FUNCTION(childUsage, 1, child_usage(a))
