/** What the core says of serial ports, in English; the screens translate it by its key. */
export const serialPhrases = {
  "port-denied": "{{port}} cannot be opened: this user may not use it. {{cure}}",
  "cure-denied-group":
    "Put the user into the group {{group}} (sudo usermod -aG {{group}} {{user}}), then log out and in again.",
  "cure-denied-rule":
    "Let a udev rule give the port to a group: put {{rule}} into /etc/udev/rules.d/60-serial.rules, then plug the adapter in again.",
  "cure-denied-mac": "Take the device that begins with /dev/cu., and check its permissions with ls -l.",
  "cure-denied-windows": "Another program or a policy keeps it; close the program, or ask the administrator.",
  "port-busy": "{{port}} is in use by another program. Close it there first.",
  "port-busy-by": "{{port}} is in use by {{program}}. Close it there first.",
  "port-missing": "{{port}} is not there. Plug the adapter in, or choose one of those that plugside ports lists.",
  "port-none": "{{port}} is no serial port. Choose one of those that plugside ports lists.",
  "port-settings": "{{port}} does not take these settings: {{error}}",
  "port-unreachable":
    "{{port}} cannot be reached ({{error}}). Check the address, that the device there is on, and that no other program has its port.",
  "port-far-refused": "{{port}} is reached, and speaks no RFC 2217. Write tcp:// in place of rfc2217://.",
  "port-far-silent":
    "{{port}} is reached, and does not answer as RFC 2217 says. Write tcp:// in place of rfc2217://, or start what serves the port there anew.",
  "port-far-left":
    "{{port}} hung up as it was being set. Another program may have the port there: close it, or start what serves the port anew.",
  "port-far-speed":
    "{{port}} stays at {{baud}} baud, which the far port is set to. Choose that speed, or set it there.",
  "port-failed": "{{port}} cannot be opened: the system says “{{error}}”",
  "port-no-place": "{{port}} is no port: a network port is written tcp://host:port or rfc2217://host:port.",
  "port-baud": "baud takes 50 to {{most}}; got “{{said}}”.",
  "port-frame": "frame takes data bits, parity and stop bits, as in 8N1 or 7E2; got “{{said}}”.",
  "port-flow": "flow takes {{known}}; got “{{said}}”.",
  "port-first": "A port comes first: /dev/ttyUSB0, COM3, tcp://host:port; got “{{said}}”.",
  "port-setting": "After the port come settings as NAME=VALUE; got “{{said}}”.",
  "port-own":
    "{{port}} is open in Plugside itself: as an OCPP line, a console, or a bus whose devices are read as stations. Close that first.",
  "port-lost-by": "{{port}} was lost: the system says “{{error}}”",
  "port-hung-up":
    "{{port}}: the other end hung up. Check that it is on, and that no other program took the port there.",
  "port-gone": "{{port}} is gone: the adapter was unplugged. Plug it in again.",
  "port-closed": "{{port}} is closed.",
  "port-no-driver": "{{chip}} is plugged in, and no driver makes a port of it. {{cure}}",
  "cure-driver-linux":
    "Load it with: sudo modprobe {{driver}}. If the port comes and goes at once, another service takes it, as brltty does: remove that.",
  "no-ports-linux":
    "No serial port is there. Plug the adapter in; if none comes, sudo dmesg tells what the system made of it. A USB service port may be a network adapter: see Connection.",
  "no-ports-windows":
    "No serial port is there. If the adapter is plugged in, look for a yellow mark in Device Manager and install the driver of its maker (FTDI, Silicon Labs CP210x, WCH CH340). A USB service port may be a network adapter: see Connection.",
  "no-ports-mac":
    "No serial port is there. If the adapter is plugged in, install the driver of its maker (WCH CH340, Prolific) and allow it in System Settings, Privacy & Security. A USB service port may be a network adapter: see Connection.",
  "line-open": "{{port}} is an OCPP line already.",
  "line-too-many": "At most {{most}} serial lines at once.",
  "line-identity": "{{identity}} is the station on {{port}} already.",
  "line-unknown": "{{port}} is no OCPP line.",
  "line-stretch": "{{count, number}} bytes in {{pieces}} pieces: {{why}}",
  "line-check": "the check does not fit",
  "line-cut": "cut off",
  "line-coding": "no encoder writes this",
  "line-too-long": "longer than any message may be",
  "line-plain-text": "text",
  "log-over-wire":
    "A serial line carries no log: the station sends it over a network, on which it must reach this laptop. Where it is on none, read its console, or take the log by the maker's own tool.",
  "log-without-ocpp":
    "It takes no OCPP, so no log can be asked of it. Take it by the maker's own page or tool, and add it to its files.",
} as const;
