/* Files, namespaces, mounts, and the program that takes our place. */
#include "addon.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

FUNCTION(open)
{
	struct call call = begin(env, info, 3);
	char path[TEXT_MAX];
	int flags, mode, fd;

	text_arg(&call, 0, path);
	flags = int_arg(&call, 1);
	mode = opt_int_arg(&call, 2, 0666);
	if (!call.ok)
		return NULL;
	do
		fd = open(path, flags | O_CLOEXEC, mode);
	while (fd < 0 && errno == EINTR);
	return give(env, fd);
}

INT_FUNCTION(setns, 2, setns(a, b))
INT_FUNCTION(unshare, 1, unshare(a))

FUNCTION(mount)
{
	struct call call = begin(env, info, 5);
	char text[4][TEXT_MAX];
	const char *source = opt_text_arg(&call, 0, text[0]), *target = text_arg(&call, 1, text[1]);
	const char *type = opt_text_arg(&call, 2, text[2]);
	uint32_t flags = uint_arg(&call, 3);
	const char *data = opt_text_arg(&call, 4, text[3]);

	return call.ok ? give(env, mount(source, target, type, flags, data)) : NULL;
}

FUNCTION(umount)
{
	struct call call = begin(env, info, 2);
	char target[TEXT_MAX];
	int flags;

	text_arg(&call, 0, target);
	flags = int_arg(&call, 1);
	return call.ok ? give(env, umount2(target, flags)) : NULL;
}

/* Texts of a JS array as one block: the pointers, then the bytes. Longer ones than TEXT_MAX are refused. */
static char **vector(struct call *call, int at)
{
	napi_env env = call->env;
	napi_value array = call->value[at];
	uint32_t count = 0;
	size_t size, used = 0;
	char **list = NULL, *grown;

	if (call->ok && (napi_get_array_length(env, array, &count) != napi_ok || count == 0))
		bad_arg(call, at, "non-empty array expected");
	size = (count + 1) * sizeof *list;
	for (uint32_t i = 0; call->ok && i < count; i++) {
		napi_get_element(env, array, i, &call->value[at]);
		grown = realloc(list, size + used + TEXT_MAX);
		if (!grown) {
			bad_arg(call, at, "too long");
			break;
		}
		list = (char **)grown;
		text_arg(call, at, grown + size + used);
		list[i] = (char *)used; /* an offset until the block stays where it is */
		used += strlen(grown + size + used) + 1;
	}
	if (!call->ok) {
		free(list);
		return NULL;
	}
	for (uint32_t i = 0; i < count; i++)
		list[i] = (char *)list + size + (size_t)list[i];
	list[count] = NULL;
	return list;
}

FUNCTION(execvp)
{
	struct call call = begin(env, info, 2);
	char file[TEXT_MAX], **argv;
	struct sigaction old, normal = {.sa_handler = SIG_DFL};
	int flags[3], error;

	text_arg(&call, 0, file);
	argv = vector(&call, 1);
	if (!argv)
		return NULL;
	for (int fd = 0; fd < 3; fd++) {
		flags[fd] = fcntl(fd, F_GETFD);
		if (flags[fd] > 0)
			fcntl(fd, F_SETFD, flags[fd] & ~FD_CLOEXEC);
	}
	sigaction(SIGPIPE, &normal, &old);
	execvp(file, argv);
	error = errno;
	sigaction(SIGPIPE, &old, NULL);
	for (int fd = 0; fd < 3; fd++) {
		if (flags[fd] > 0)
			fcntl(fd, F_SETFD, flags[fd]);
	}
	free(argv);
	return give_int(env, -error);
}
