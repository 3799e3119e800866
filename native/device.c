/* What netlink cannot do: tun/tap devices, multicast lists, tunnels, the terminal. */
#include "addon.h"

#include <sys/ioctl.h>

/* The argument is a structure that the kernel reads and may fill. */
FUNCTION(ioctl)
{
	struct call call = begin(env, info, 3);
	int fd = int_arg(&call, 0);
	uint32_t request = uint_arg(&call, 1);
	struct bytes bytes = bytes_arg(&call, 2);

	return call.ok ? give(env, ioctl(fd, request, bytes.data)) : NULL;
}

INT_FUNCTION(ioctlNumber, 3, ioctl(a, (unsigned)b, (long)c))
