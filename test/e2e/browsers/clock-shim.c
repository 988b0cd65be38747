/*
 * LD_PRELOAD: shifts the wall clock by the seconds that the file named in CLOCK_FILE holds (an int64 in the machine's
 * byte order), read again at every look, so that the clock can be moved while the program runs. Timers and waits, which
 * count on the monotonic clock, are left alone: this is a clock that was set, not a machine that slept. A wait until a
 * time of the wall clock ends at the machine's own: Firefox sleeps that way where its storage is busy (PR_Sleep), and
 * would sleep for as many days as the clock is ahead.
 * Raw system calls only: dlsym and malloc would deadlock in a browser's allocator.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t still = 0;
static const volatile int64_t *offset = &still;

__attribute__((constructor)) static void open_clock(void) {
  const char *path = getenv("CLOCK_FILE");
  if (!path) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void *page = (void *)syscall(SYS_mmap, 0, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (page != MAP_FAILED) offset = page;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  int failed = (int)syscall(SYS_clock_gettime, clock, at);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += *offset;
  return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) {
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
  }
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}

/* No machine has been up for so many seconds: beyond it is a time of the wall clock. */
static const time_t longest_uptime = 1000000000;

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
  struct timespec at = *until;
  if (at.tv_sec < longest_uptime) return pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, &at);
  at.tv_sec -= *offset;
  return pthread_cond_clockwait(condition, mutex, CLOCK_REALTIME, &at);
}
