/* Names through the system's own resolver (files, DNS, whatever nsswitch says), blocking as in the C tools. */
#include "addon.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

FUNCTION(nameinfo)
{
	struct call call = begin(env, info, 1);
	struct bytes address = bytes_arg(&call, 0);
	struct sockaddr_in inet = {.sin_family = AF_INET};
	struct sockaddr_in6 inet6 = {.sin6_family = AF_INET6};
	bool wide = address.length == 16;
	char host[NI_MAXHOST];
	napi_value name = NULL;

	if (call.ok && address.length != 4 && !wide)
		bad_arg(&call, 0, "4 or 16 bytes expected");
	if (!call.ok)
		return NULL;
	memcpy(wide ? (void *)&inet6.sin6_addr : (void *)&inet.sin_addr, address.data, address.length);
	call.state->lookup_error = getnameinfo(wide ? (void *)&inet6 : (void *)&inet, wide ? sizeof inet6 : sizeof inet, host,
	                                       sizeof host, NULL, 0, NI_NAMEREQD);
	if (call.state->lookup_error == 0)
		napi_create_string_utf8(env, host, NAPI_AUTO_LENGTH, &name);
	return name;
}

FUNCTION(addrinfo)
{
	struct call call = begin(env, info, 2);
	char host[TEXT_MAX];
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *all = NULL;
	napi_value list = NULL, buffer, view;
	uint32_t count = 0;

	text_arg(&call, 0, host);
	hints.ai_family = int_arg(&call, 1);
	if (!call.ok || napi_create_array(env, &list) != napi_ok)
		return NULL;
	call.state->lookup_error = getaddrinfo(host, NULL, &hints, &all);
	if (call.state->lookup_error)
		return list;
	for (struct addrinfo *one = all; one; one = one->ai_next) {
		bool inet = one->ai_family == AF_INET;
		size_t length = inet ? 4 : 16;
		void *into;

		if (!inet && one->ai_family != AF_INET6)
			continue;
		if (napi_create_arraybuffer(env, length, &into, &buffer) != napi_ok)
			break;
		memcpy(into, inet ? (void *)&((struct sockaddr_in *)one->ai_addr)->sin_addr
		                  : (void *)&((struct sockaddr_in6 *)one->ai_addr)->sin6_addr, length);
		if (napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, &view) != napi_ok)
			break;
		napi_set_element(env, list, count++, view);
	}
	freeaddrinfo(all);
	return list;
}

FUNCTION(lookupError)
{
	return give_int(env, begin(env, info, 0).state->lookup_error);
}
