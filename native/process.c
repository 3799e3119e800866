/* Signals, the end of the process, and what its children cost. */
#include "addon.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

INT_FUNCTION(signalDefault, 1, sigaction(a, &(struct sigaction){.sa_handler = SIG_DFL}, NULL))
INT_FUNCTION(raise, 1, kill(getpid(), a))
INT_FUNCTION(exit, 1, (_exit(a), 0))

FUNCTION(childUsage)
{
	struct call call = begin(env, info, 0);
	struct rusage usage;
	napi_value list = NULL;

	if (!call.ok || napi_create_array_with_length(env, 3, &list) != napi_ok)
		return NULL;
	getrusage(RUSAGE_CHILDREN, &usage);
	napi_set_element(env, list, 0, give_int(env, (int64_t)usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec));
	napi_set_element(env, list, 1, give_int(env, (int64_t)usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec));
	napi_set_element(env, list, 2, give_int(env, usage.ru_maxrss));
	return list;
}
