/* Netlink sockets, and read, write and ioctl of what else the programs open. */
#include "addon.h"

#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>

enum { SOCKET_LEVEL_NETLINK = 270 }; /* SOL_NETLINK, which older headers keep out of sight */

INT_FUNCTION(socket, 3, socket(a, b | SOCK_CLOEXEC, c))
INT_FUNCTION(close, 1, close(a))
INT_FUNCTION(setsockopt, 4, setsockopt(a, b, c, &d, sizeof d))

FUNCTION(bindNetlink)
{
	struct call call = begin(env, info, 3);
	int fd = int_arg(&call, 0);
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_pid = uint_arg(&call, 1), .nl_groups = uint_arg(&call, 2)};

	return call.ok ? give(env, bind(fd, (struct sockaddr *)&address, sizeof address)) : NULL;
}

FUNCTION(portId)
{
	struct call call = begin(env, info, 1);
	struct sockaddr_nl address = {0};
	socklen_t length = sizeof address;
	int result = getsockname(int_arg(&call, 0), (struct sockaddr *)&address, &length) < 0 ? -errno : 0;

	if (result == 0 && address.nl_family != AF_NETLINK)
		result = -EAFNOSUPPORT;
	return call.ok ? give_int(env, result < 0 ? result : (int64_t)address.nl_pid) : NULL;
}

FUNCTION(getsockopt)
{
	struct call call = begin(env, info, 3);
	int fd = int_arg(&call, 0), level = int_arg(&call, 1), name = int_arg(&call, 2), number = 0;
	socklen_t length = sizeof number;

	return call.ok ? give_int(env, getsockopt(fd, level, name, &number, &length) < 0 ? -errno : number) : NULL;
}

/* The socket is not connected, and a netlink socket without a peer talks to the kernel. */
static ssize_t send_all(int fd, const void *data, size_t length)
{
	ssize_t sent;

	do
		sent = send(fd, data, length, 0);
	while (sent < 0 && errno == EINTR);
	return sent;
}

static ssize_t receive(struct state *state, int fd, struct bytes into, int flags)
{
	union {
		struct cmsghdr first;
		char room[CMSG_SPACE(sizeof(struct nl_pktinfo)) + CMSG_SPACE(sizeof(int))];
	} control;
	struct sockaddr_nl from;
	struct iovec part = {into.data, into.length};
	struct msghdr message = {.msg_name = &from, .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control};
	ssize_t got;

	state->nsid = -1;
	for (;;) {
		message.msg_namelen = sizeof from;
		message.msg_controllen = sizeof control;
		from.nl_pid = 0;
		got = recvmsg(fd, &message, flags | MSG_TRUNC | MSG_CMSG_CLOEXEC);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return got;
		if (message.msg_namelen < sizeof from || from.nl_family != AF_NETLINK || from.nl_pid == 0)
			break;
		if (flags & MSG_PEEK)
			recv(fd, NULL, 0, MSG_DONTWAIT);
	}
	if (message.msg_controllen < CMSG_LEN(0))
		return got;
	for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
		if (part->cmsg_level == SOCKET_LEVEL_NETLINK && part->cmsg_type == NETLINK_LISTEN_ALL_NSID &&
		    part->cmsg_len >= CMSG_LEN(sizeof(int)))
			memcpy(&state->nsid, CMSG_DATA(part), sizeof(int));
	}
	return got;
}

FUNCTION(send)
{
	struct call call = begin(env, info, 3);
	int fd = int_arg(&call, 0);
	struct bytes out = bytes_arg(&call, 1);
	uint32_t length = uint_arg(&call, 2);

	if (call.ok && length > out.length)
		bad_arg(&call, 2, "more than the buffer holds");
	return call.ok ? give(env, send_all(fd, out.data, length)) : NULL;
}

FUNCTION(recv)
{
	struct call call = begin(env, info, 3);
	int fd = int_arg(&call, 0);
	struct bytes into = bytes_arg(&call, 1);
	int flags = int_arg(&call, 2);

	return call.ok ? give(env, receive(call.state, fd, into, flags)) : NULL;
}

FUNCTION(talk)
{
	struct call call = begin(env, info, 4);
	int fd = int_arg(&call, 0);
	struct bytes out = bytes_arg(&call, 1);
	uint32_t length = uint_arg(&call, 2);
	struct bytes into = bytes_arg(&call, 3);

	if (call.ok && length > out.length)
		bad_arg(&call, 2, "more than the buffer holds");
	if (!call.ok)
		return NULL;
	if (send_all(fd, out.data, length) < 0)
		return give_int(env, -errno);
	return give(env, receive(call.state, fd, into, 0));
}

FUNCTION(lastNsid)
{
	return give_int(env, begin(env, info, 0).state->nsid);
}

/* read(2) and write(2): a part of a buffer. */
#define PART_FUNCTION(name) \
	FUNCTION(name) \
	{ \
		struct call call = begin(env, info, 4); \
		int fd = int_arg(&call, 0); \
		struct bytes bytes = bytes_arg(&call, 1); \
		uint32_t offset = uint_arg(&call, 2), length = uint_arg(&call, 3); \
		ssize_t done; \
		if (call.ok && (offset > bytes.length || length > bytes.length - offset)) \
			bad_arg(&call, 3, "more than the buffer holds"); \
		if (!call.ok) \
			return NULL; \
		do \
			done = name(fd, bytes.data + offset, length); \
		while (done < 0 && errno == EINTR); \
		return give(env, done); \
	}

PART_FUNCTION(read)
PART_FUNCTION(write)

/* The argument is a structure that the kernel reads and may fill; `data`, unless empty, is what the ifr_data of it points to. */
FUNCTION(ioctl)
{
	struct call call = begin(env, info, 4);
	int fd = int_arg(&call, 0), request = (int)uint_arg(&call, 1);
	struct bytes bytes = bytes_arg(&call, 2), data = bytes_arg(&call, 3);

	if (call.ok && data.length > 0 && bytes.length >= 16 + sizeof(data.data))
		memcpy(bytes.data + 16, &data.data, sizeof(data.data));
	return call.ok ? give(env, ioctl(fd, (unsigned)request, bytes.data)) : NULL;
}

INT_FUNCTION(ioctlNumber, 3, ioctl(a, (unsigned)b, (long)c))
