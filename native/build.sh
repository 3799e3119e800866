#!/bin/sh
# Builds the addon: `sh native/build.sh` for x64 and arm64, `sh native/build.sh x64` for one of them.
#
# No libc is linked: node has one in the process already, glibc or musl, and every symbol is found there. So one file serves
# both. Fortified and stack-protected calls are glibc's own, hence off. The build id is the hash of the sources, which a test
# compares with prebuilds/sources.sha256 and with the sources.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C
headers=../node_modules/node-api-headers/include
[ -d "$headers" ] || { echo "native/build.sh: run npm ci first (node-api-headers)" >&2; exit 1; }

case $(uname -m) in aarch64) own=arm64 ;; x86_64) own=x64 ;; *) own= ;; esac

sources=$(ls *.c *.h build.sh)
mkdir -p prebuilds
sha256sum $sources > prebuilds/sources.sha256
id=$(sha256sum < prebuilds/sources.sha256 | cut -d' ' -f1)

build() {
	case $1 in
	x64) triplet=x86_64-linux-gnu page=4096 ;;
	arm64) triplet=aarch64-linux-gnu page=65536 ;;
	*) echo "native/build.sh: unknown processor $1" >&2; exit 1 ;;
	esac
	if [ "$1" = "$own" ]; then cc=${CC:-cc}; else cc=$triplet-gcc; fi
	command -v "$cc" > /dev/null || { echo "native/build.sh: $cc is missing (Debian: gcc-$(echo $triplet | tr _ -))" >&2; exit 1; }
	$cc -std=gnu11 -O2 -fPIC -shared -nostdlib -flto -fvisibility=hidden -fno-stack-protector -fno-asynchronous-unwind-tables \
		-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0 -Wall -Wextra -Werror -I "$headers" \
		-Wl,--build-id=0x"$id" -Wl,-z,max-page-size=$page -Wl,-z,noseparate-code -Wl,-z,norelro -Wl,-z,noexecstack -Wl,-s \
		-o prebuilds/linux-"$1".node *.c
	wc -c prebuilds/linux-"$1".node
}

for cpu in ${*:-x64 arm64}; do build "$cpu"; done
