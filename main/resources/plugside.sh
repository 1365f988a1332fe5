#!/bin/sh
# The command line of an installed Plugside, with the Node that came with it.
here=$(dirname "$(readlink -f "$0")")
node="$here/node"
[ -x "$node" ] || node=node
exec "$node" "$here/dist/cli.js" "$@"
