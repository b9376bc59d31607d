#!/bin/sh
# What the tests need beyond Python: a browser, what drives it, a database server, a PDF renderer, an office, and
# the programs that read the files of deploy/. Root on Debian gets them; anyone else is told. The tests that miss a part say so
# and are skipped, but never with CI=true.
set -eu

missing=""
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
command -v soffice >/dev/null || missing="$missing libreoffice-calc-nogui"
# What opens documents is a part of its own: without it, soffice is there and refuses a .docx.
ls /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
# What drives the browser is linked against it, and a bare Debian does not have it.
ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$missing libatomic1"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# What reads the files of deploy/one-machine.
command -v nginx >/dev/null || ls /usr/sbin/nginx >/dev/null 2>&1 || missing="$missing nginx"
command -v systemd-analyze >/dev/null || missing="$missing systemd"
# What reads those of deploy/several-machines.
ls /usr/sbin/haproxy >/dev/null 2>&1 || missing="$missing haproxy"
command -v patroni >/dev/null || missing="$missing patroni"
# The file system of the disk whose power is cut.
command -v mkfs.ext4 >/dev/null || missing="$missing e2fsprogs"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Some tests need these Debian packages:$missing" >&2
fi
