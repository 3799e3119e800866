/* Readiness: poll(2) for the blocking driver, uv_poll for the event-driven one. */
#include "addon.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

/* libuv lives in node; its headers are not in the registry. These signatures are of its stable ABI (1.19 and later). */
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_handle_s uv_handle_t;
enum { HANDLE_POLL = 8 }; /* uv_handle_type UV_POLL */
size_t uv_handle_size(int type);
int uv_poll_init(uv_loop_t *loop, uv_handle_t *handle, int fd);
int uv_poll_start(uv_handle_t *handle, int events, void (*callback)(uv_handle_t *, int status, int events));
void uv_close(uv_handle_t *handle, void (*callback)(uv_handle_t *));
void *uv_handle_get_data(const uv_handle_t *handle);
void uv_handle_set_data(uv_handle_t *handle, void *data);

struct watch {
	struct watch *next;
	struct state *state;
	napi_env env;
	napi_ref callback;
	napi_async_cleanup_hook_handle hook;
	int id;
	max_align_t handle[]; /* as large as uv_handle_size says */
};

static uv_handle_t *handle_of(struct watch *watch)
{
	return (uv_handle_t *)watch->handle;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

FUNCTION(poll)
{
	struct call call = begin(env, info, 3);
	struct pollfd one = {.fd = int_arg(&call, 0), .events = (short)int_arg(&call, 1)};
	int left = int_arg(&call, 2), result;
	int64_t end;

	if (!call.ok)
		return NULL;
	end = left > 0 ? now_ms() + left : 0;
	while ((result = poll(&one, 1, left)) < 0 && errno == EINTR) {
		if (left > 0)
			left = end > now_ms() ? (int)(end - now_ms()) : 0;
	}
	return result < 0 ? give_int(env, -errno) : give_int(env, one.revents);
}

/* An exception of the callback is an uncaught one, as with every event of the loop. */
static void ready(uv_handle_t *handle, int status, int events)
{
	struct watch *watch = uv_handle_get_data(handle);
	napi_env env = watch->env;
	napi_handle_scope scope;
	napi_value callback, receiver, argument, error;
	bool pending = false;

	if (napi_open_handle_scope(env, &scope) != napi_ok)
		return;
	argument = give_int(env, status < 0 ? status : events);
	if (argument && napi_get_reference_value(env, watch->callback, &callback) == napi_ok &&
	    napi_get_global(env, &receiver) == napi_ok &&
	    napi_make_callback(env, NULL, receiver, callback, 1, &argument, NULL) != napi_ok &&
	    napi_is_exception_pending(env, &pending) == napi_ok && pending &&
	    napi_get_and_clear_last_exception(env, &error) == napi_ok)
		napi_fatal_exception(env, error);
	napi_close_handle_scope(env, scope);
}

static void closed(uv_handle_t *handle)
{
	struct watch *watch = uv_handle_get_data(handle);

	napi_remove_async_cleanup_hook(watch->hook); /* a worker that ends waits for this */
	free(watch);
}

/* Where its list has the handle; NULL is there when it is not (or no longer) open. */
static struct watch **find(struct state *state, int id)
{
	struct watch **at = &state->watch;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	return at;
}

static void stop(struct watch *watch)
{
	*find(watch->state, watch->id) = watch->next;
	napi_delete_reference(watch->env, watch->callback);
	uv_close(handle_of(watch), closed);
}

static void end_of_environment(UNUSED napi_async_cleanup_hook_handle hook, void *data)
{
	stop(data);
}

FUNCTION(watch)
{
	struct call call = begin(env, info, 3);
	int fd = int_arg(&call, 0), events = int_arg(&call, 1), error;
	uv_loop_t *loop = NULL;
	struct watch *watch;

	if (type_of(&call, 2) != napi_function)
		bad_arg(&call, 2, "function expected");
	if (!call.ok)
		return NULL;
	watch = calloc(1, sizeof *watch + uv_handle_size(HANDLE_POLL));
	if (!watch || napi_get_uv_event_loop(env, (void *)&loop) != napi_ok)
		return give_int(env, -ENOMEM);
	error = uv_poll_init(loop, handle_of(watch), fd);
	if (error < 0) {
		free(watch);
		return give_int(env, error);
	}
	*watch = (struct watch){call.state->watch, call.state, env, NULL, NULL, ++call.state->watches};
	call.state->watch = watch;
	uv_handle_set_data(handle_of(watch), watch);
	napi_create_reference(env, call.value[2], 1, &watch->callback);
	napi_add_async_cleanup_hook(env, end_of_environment, watch, &watch->hook);
	error = uv_poll_start(handle_of(watch), events, ready);
	if (error < 0)
		stop(watch);
	return give_int(env, error < 0 ? error : watch->id);
}

FUNCTION(unwatch)
{
	struct call call = begin(env, info, 1);
	int id = int_arg(&call, 0);
	struct watch *watch = call.ok ? *find(call.state, id) : NULL;

	if (watch)
		stop(watch);
	return call.ok ? give_int(env, watch ? 0 : -EBADF) : NULL;
}
