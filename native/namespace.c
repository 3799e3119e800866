/* Files, namespaces, mounts, control groups, and the program that takes our place. */
#include "addon.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/bpf.h>

/* A system call of a path and whole numbers: `path`, b and c are its arguments. */
#define PATH_FUNCTION(name, count, expression) \
	FUNCTION(name) \
	{ \
		struct call call = begin(env, info, count); \
		char text[TEXT_MAX]; \
		const char *path = text_arg(&call, 0, text); \
		UNUSED int b = int_arg(&call, 1), c = count > 2 ? int_arg(&call, 2) : 0, result; \
		do result = call.ok ? expression : 0; while (result < 0 && errno == EINTR); \
		return call.ok ? give(env, result) : NULL; \
	}

PATH_FUNCTION(open, 2, open(path, b | O_CLOEXEC, 0666))
PATH_FUNCTION(umount, 2, umount2(path, b))
PATH_FUNCTION(inotifyAdd, 3, inotify_add_watch(b, path, (uint32_t)c))
INT_FUNCTION(inotify, 1, inotify_init1(a))
INT_FUNCTION(flock, 2, flock(a, b))
INT_FUNCTION(keepOnExec, 1, fcntl(a, F_SETFD, 0))
INT_FUNCTION(setns, 2, setns(a, b))
INT_FUNCTION(unshare, 1, unshare(a))

FUNCTION(readdir)
{
	struct call call = begin(env, info, 1);
	char path[TEXT_MAX];
	const char *name = text_arg(&call, 0, path);
	napi_value list = NULL, text;
	uint32_t count = 0;
	DIR *folder;

	folder = call.ok ? opendir(name) : NULL;
	if (!folder)
		return call.ok ? give_int(env, -errno) : NULL;
	if (napi_create_array(env, &list) == napi_ok)
		for (struct dirent *entry; (entry = readdir(folder));)
			if (napi_create_string_latin1(env, entry->d_name, NAPI_AUTO_LENGTH, &text) == napi_ok)
				napi_set_element(env, list, count++, text);
	closedir(folder);
	return list;
}

/* A whole folder of /proc at once: a listing may ask for 100,000 descriptors. */
FUNCTION(socketFds)
{
	struct call call = begin(env, info, 2);
	char path[TEXT_MAX], target[32] = "";
	const char *name = text_arg(&call, 0, path);
	struct bytes into = bytes_arg(&call, 1);
	DIR *folder = call.ok ? opendir(name) : NULL;
	size_t count = 0;

	if (!folder)
		return call.ok ? give_int(env, -errno) : NULL;
	for (struct dirent *entry; (entry = readdir(folder));)
		if (readlinkat(dirfd(folder), entry->d_name, target, sizeof target - 1) > 8 && memcmp(target, "socket:[", 8) == 0 &&
		    ++count <= into.length / 8)
			memcpy(into.data + count * 8 - 8, (uint32_t[]){(uint32_t)atol(entry->d_name), (uint32_t)atol(target + 8)}, 8);
	closedir(folder);
	return give_int(env, (int64_t)count);
}

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

/* The verifier asks for a licence; only helpers of the kernel, which no program of ours calls, ask for that of the kernel. */
FUNCTION(bpfLoad)
{
	struct call call = begin(env, info, 2);
	union bpf_attr load = {.prog_type = uint_arg(&call, 0), .license = (uintptr_t)"MIT"};
	struct bytes program = bytes_arg(&call, 1);

	load.insns = (uintptr_t)program.data;
	load.insn_cnt = (uint32_t)(program.length / sizeof(struct bpf_insn));
	return call.ok ? give(env, syscall(SYS_bpf, BPF_PROG_LOAD, &load, offsetof(union bpf_attr, log_level))) : NULL;
}

INT_FUNCTION(bpfAttach, 3, syscall(SYS_bpf, BPF_PROG_ATTACH, &(union bpf_attr){.target_fd = a, .attach_bpf_fd = b,
                                   .attach_type = c}, offsetof(union bpf_attr, attach_flags)))

/* What `body` says about an errno, 0 before the start: 0 to go on, or the status to exit with. */
static int ask(napi_env env, napi_value body, int error)
{
	napi_value argument = give_int(env, error), result;
	int status = 127;

	if (napi_call_function(env, body, body, 1, &argument, &result) == napi_ok)
		napi_get_value_int32(env, result, &status);
	return status;
}

/*
 * A program in our place or in a child; its arguments are NUL-ended texts in one block. The child is this very thread with
 * all its memory (vfork), so `body` works in it as ever, but for namespaces and descriptors. No JS may be under way when
 * it ends: the engine of the parent goes on from what it leaves.
 */
FUNCTION(run)
{
	struct call call = begin(env, info, 4);
	char text[TEXT_MAX], **argv;
	const char *file = text_arg(&call, 0, text);
	struct bytes block = bytes_arg(&call, 1);
	int forked = int_arg(&call, 3), status = 0;
	size_t count = 0;
	pid_t pid;

	if (call.ok && (block.length == 0 || block.data[block.length - 1] != 0))
		bad_arg(&call, 1, "NUL-ended texts expected");
	argv = call.ok ? calloc(block.length + 1, sizeof *argv) : NULL;
	if (!argv)
		return call.ok ? give_int(env, -ENOMEM) : NULL;
	for (size_t at = 0; at < block.length; at += strlen(argv[count++]) + 1)
		argv[count] = (char *)block.data + at;
	pid = forked ? vfork() : 0;
	if (pid == 0) {
		status = ask(env, call.value[2], 0);
		if (status == 0) {
			execvp(file, argv);
			status = ask(env, call.value[2], errno);
		}
		_exit(status);
	}
	free(argv);
	while (pid > 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return give_int(env, -errno);
	return give(env, pid < 0 ? pid : status);
}
