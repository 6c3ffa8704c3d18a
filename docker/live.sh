#!/usr/bin/env bash
# Whether the server lives. The image has no curl; bash can open a connection by itself.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${1:-8081}"
printf 'GET /live HTTP/1.0\r\n\r\n' >&3
grep -q '^live' <&3
