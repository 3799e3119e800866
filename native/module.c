/* Registration, and the reading of arguments. */
#include "addon.h"

#include <stdlib.h>
#include <string.h>

void bad_arg(struct call *call, int at, const char *wanted)
{
	char text[64] = "argument ";
	size_t length = strlen(text);

	if (!call->ok)
		return;
	call->ok = false;
	text[length++] = (char)('1' + at);
	memcpy(text + length, ": ", 2);
	strncpy(text + length + 2, wanted, sizeof text - length - 3);
	napi_throw_type_error(call->env, "ERR_INVALID_ARG_TYPE", text);
}

struct call begin(napi_env env, napi_callback_info info, size_t count)
{
	struct call call;
	void *data;

	call.env = env;
	call.ok = napi_get_cb_info(env, info, &count, call.value, NULL, &data) == napi_ok;
	call.state = data;
	return call;
}

/* Whole numbers only: napi's own conversions turn NaN into 0 and wrap what is too large. */
static double whole_arg(struct call *call, int at, double least, double most)
{
	double value = 0;

	if (!call->ok)
		return 0;
	if (napi_get_value_double(call->env, call->value[at], &value) != napi_ok || !(value >= least && value <= most) ||
	    value != (double)(int64_t)value) {
		bad_arg(call, at, "integer in range expected");
		return 0;
	}
	return value;
}

int int_arg(struct call *call, int at)
{
	return (int)whole_arg(call, at, INT32_MIN, INT32_MAX);
}

uint32_t uint_arg(struct call *call, int at)
{
	return (uint32_t)whole_arg(call, at, 0, UINT32_MAX);
}

napi_valuetype type_of(struct call *call, int at)
{
	napi_valuetype type = napi_undefined;

	napi_typeof(call->env, call->value[at], &type);
	return type;
}

struct bytes bytes_arg(struct call *call, int at)
{
	struct bytes bytes = {NULL, 0};
	napi_typedarray_type type;
	void *data;

	if (!call->ok)
		return bytes;
	if (napi_get_typedarray_info(call->env, call->value[at], &type, &bytes.length, &data, NULL, NULL) != napi_ok ||
	    type != napi_uint8_array) {
		bad_arg(call, at, "Uint8Array expected");
		return bytes;
	}
	bytes.data = data;
	return bytes;
}

const char *text_arg(struct call *call, int at, char *into)
{
	size_t length = 0;

	into[0] = 0;
	if (!call->ok)
		return into;
	if (type_of(call, at) == napi_string) {
		napi_get_value_string_utf8(call->env, call->value[at], NULL, 0, &length);
		if (length < TEXT_MAX)
			napi_get_value_string_utf8(call->env, call->value[at], into, TEXT_MAX, &length);
	} else {
		struct bytes bytes = bytes_arg(call, at);

		if (!call->ok)
			return into;
		length = bytes.length;
		if (length && length < TEXT_MAX)
			memcpy(into, bytes.data, length);
	}
	if (length >= TEXT_MAX)
		bad_arg(call, at, "text too long");
	else if (memchr(into, 0, length))
		bad_arg(call, at, "text without NUL expected");
	else
		into[length] = 0;
	return into;
}

const char *opt_text_arg(struct call *call, int at, char *into)
{
	napi_valuetype type;

	if (!call->ok)
		return NULL;
	type = type_of(call, at);
	return type == napi_null || type == napi_undefined ? NULL : text_arg(call, at, into);
}

napi_value give_int(napi_env env, int64_t value)
{
	napi_value result = NULL;

	if (value >= INT32_MIN && value <= INT32_MAX)
		napi_create_int32(env, (int32_t)value, &result);
	else
		napi_create_int64(env, value, &result);
	return result;
}

static void drop_state(UNUSED napi_env env, void *data, UNUSED void *hint)
{
	free(data);
}

NAPI_MODULE_INIT()
{
	struct state *state = calloc(1, sizeof *state);
	napi_property_descriptor functions[] = {
#define ENTRY(name) {#name, NULL, sys_##name, NULL, NULL, NULL, napi_enumerable, state},
		ALL_FUNCTIONS(ENTRY)
	};

	if (!state)
		return NULL;
	state->nsid = -1;
	if (napi_set_instance_data(env, state, drop_state, NULL) != napi_ok)
		return NULL;
	napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions);
	return exports;
}
