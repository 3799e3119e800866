/* Files, namespaces, mounts, and the program that takes our place. */
#include "addon.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

FUNCTION(open)
{
	struct call call = begin(env, info, 2);
	char path[TEXT_MAX];
	const char *name = text_arg(&call, 0, path);
	int flags = int_arg(&call, 1), fd;

	if (!call.ok)
		return NULL;
	do
		fd = open(name, flags | O_CLOEXEC, 0666);
	while (fd < 0 && errno == EINTR);
	return give(env, fd);
}

FUNCTION(readdir)
{
	struct call call = begin(env, info, 1);
	char path[TEXT_MAX];
	const char *name = text_arg(&call, 0, path);
	napi_value list = NULL, text;
	uint32_t count = 0;
	DIR *folder;

	if (!call.ok)
		return NULL;
	folder = opendir(name);
	if (!folder)
		return give_int(env, -errno);
	if (napi_create_array(env, &list) == napi_ok)
		for (struct dirent *entry; (entry = readdir(folder));)
			if (napi_create_string_latin1(env, entry->d_name, NAPI_AUTO_LENGTH, &text) == napi_ok)
				napi_set_element(env, list, count++, text);
	closedir(folder);
	return list;
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
	char text[TEXT_MAX];
	const char *target = text_arg(&call, 0, text);
	int flags = int_arg(&call, 1);

	return call.ok ? give(env, umount2(target, flags)) : NULL;
}

/* The arguments come as NUL-ended texts in one block. What is changed here stays so when the call fails. */
FUNCTION(execvp)
{
	struct call call = begin(env, info, 2);
	struct sigaction normal = {.sa_handler = SIG_DFL};
	char text[TEXT_MAX], **argv;
	const char *file = text_arg(&call, 0, text);
	struct bytes block = bytes_arg(&call, 1);
	size_t count = 0;
	int error;

	if (call.ok && (block.length == 0 || block.data[block.length - 1] != 0))
		bad_arg(&call, 1, "NUL-ended texts expected");
	if (!call.ok)
		return NULL;
	argv = calloc(block.length + 1, sizeof *argv);
	if (!argv)
		return give_int(env, -ENOMEM);
	for (size_t at = 0; at < block.length; at += strlen(argv[count++]) + 1)
		argv[count] = (char *)block.data + at;
	for (int fd = 0; fd < 3; fd++)
		fcntl(fd, F_SETFD, 0);
	sigaction(SIGPIPE, &normal, NULL);
	execvp(file, argv);
	error = errno;
	free(argv);
	return give_int(env, -error);
}
