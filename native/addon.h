/* Shared by the files of the addon. A system call that fails gives a negative errno; a wrong argument a TypeError. */
#ifndef ADDON_H
#define ADDON_H

#define _GNU_SOURCE
#define NAPI_VERSION 8
#include <errno.h>
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_MAX = 4096 }; /* PATH_MAX, and what mount(2) takes of its data */

/* What one environment (main thread or worker) remembers between calls. */
struct state {
	int nsid;              /* of the last datagram, -1 without one */
	int lookup_error;      /* EAI_ code of the last look-up */
	int watches;           /* the last handle given out */
	struct watch *watch;   /* all that are open */
};

/* The arguments of one call. `ok` turns false with the first bad one, and the TypeError is pending then. */
struct call {
	napi_env env;
	struct state *state;
	napi_value value[5];
	bool ok;
};

struct bytes {
	uint8_t *data;
	size_t length;
};

/* Takes exactly `count` arguments; absent ones are undefined, which only opt_text_arg accepts. */
struct call begin(napi_env env, napi_callback_info info, size_t count);
int int_arg(struct call *call, int at);
uint32_t uint_arg(struct call *call, int at);
struct bytes bytes_arg(struct call *call, int at);
napi_valuetype type_of(struct call *call, int at);
/* NUL-ended into `into[TEXT_MAX]`. */
const char *text_arg(struct call *call, int at, char *into);
/* The same; null and undefined are NULL. */
const char *opt_text_arg(struct call *call, int at, char *into);
/* Throws a TypeError about an argument (counted from 0) once; the call is not ok afterwards. */
void bad_arg(struct call *call, int at, const char *wanted);

napi_value give_int(napi_env env, int64_t value);
/* The result of a system call that gives -1 and errno. */
static inline napi_value give(napi_env env, int64_t result)
{
	return give_int(env, result < 0 ? -errno : result);
}

#define UNUSED __attribute__((unused))
#define FUNCTION(name) napi_value sys_##name(napi_env env, napi_callback_info info)

/* A system call of whole numbers only: a, b, c and d are its arguments. */
#define INT_FUNCTION(name, count, expression) \
	FUNCTION(name) \
	{ \
		struct call call = begin(env, info, count); \
		UNUSED int a = int_arg(&call, 0), b = count > 1 ? int_arg(&call, 1) : 0, c = count > 2 ? int_arg(&call, 2) : 0, \
			   d = count > 3 ? int_arg(&call, 3) : 0; \
		return call.ok ? give(env, expression) : NULL; \
	}

/* Every function, by its name in JS; src/native.ts has the types. */
#define ALL_FUNCTIONS(X) \
	X(socket) X(close) X(bindNetlink) X(portId) X(setsockopt) X(getsockopt) X(send) X(recv) X(talk) X(lastNsid) X(write) X(read) \
	X(poll) X(watch) X(unwatch) X(open) X(readdir) X(socketFds) X(inotify) X(inotifyAdd) X(flock) X(setns) X(unshare) X(mount) X(umount) X(keepOnExec) \
	X(run) X(bpfLoad) X(bpfAttach) X(signalDefault) X(raise) X(exit) X(childUsage) X(ioctl) X(ioctlNumber) \
	X(nameinfo) X(addrinfo) X(lookupError)

#define DECLARE(name) FUNCTION(name);
ALL_FUNCTIONS(DECLARE)

#endif
