/* Signals, the end of the process, what its children cost, and the terminal. */
#include "addon.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

INT_FUNCTION(signalDefault, 1, sigaction(a, &(struct sigaction){.sa_handler = SIG_DFL}, NULL))
INT_FUNCTION(raise, 1, kill(getpid(), a))
INT_FUNCTION(exit, 1, (_exit(a), 0))

FUNCTION(isatty)
{
	struct call call = begin(env, info, 1);
	int fd = int_arg(&call, 0);
	napi_value result = NULL;

	if (call.ok)
		napi_get_boolean(env, isatty(fd) == 1, &result);
	return result;
}

FUNCTION(winsize)
{
	struct call call = begin(env, info, 1);
	int fd = int_arg(&call, 0);
	struct winsize size = {0};

	if (!call.ok)
		return NULL;
	return give_int(env, ioctl(fd, TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col);
}

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
