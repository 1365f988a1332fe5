export const network = {
  likelihood: { likely: "most likely", possible: "possible", unlikely: "seldom the right one" },
  mode: { both: "ws and wss", ws: "ws alone", wss: "wss alone" },
  problem: {
    EADDRINUSE: "another program has the port",
    EACCES: "the system does not allow it; ports under 1024 often need rights",
    EADDRNOTAVAIL: "the laptop does not have this address now",
    ENOTFOUND: "the name is not known",
  },
  qr: "QR code",
  qrOf: "QR code of {{text}}",
  selfTest: "Test these addresses",
  selfTestBusy: "Knocking at each address",
  selfTestFailed: "The addresses could not be tested.",
  selfTestOk: "answers in {{ms}}",
  selfTestBad: "does not answer ({{why}})",
  selfTestNote: "This proves that Plugside listens there. A firewall may still keep stations out: see below.",
  guide: "No contact? Firewall and direct cable, step by step",
  system: "Operating system of this laptop",
  firewall: {
    title: "Let stations through the firewall",
    windows: [
      "Windows asks at the first start: allow Plugside on private and public networks. A direct cable counts as public.",
      "Asked and refused? Windows Security, Firewall, Allow an app: tick both boxes at Plugside.",
      "Or in PowerShell as administrator: New-NetFirewallRule -DisplayName Plugside -Direction Inbound -Protocol TCP -LocalPort {{port}} -Action Allow",
    ],
    macos: [
      'System Settings, Network, Firewall: off, or Options, and Plugside on "Allow incoming connections".',
      "Local Network under Privacy and Security must be on for Plugside.",
    ],
    linux: ["Ubuntu: sudo ufw allow {{port}}/tcp", "Fedora, RHEL: sudo firewall-cmd --add-port={{port}}/tcp"],
  },
  cable: {
    title: "A cable straight from the laptop to the station",
    lead: "There is no router then, and nobody gives out addresses. One of these three ways works:",
    ways: [
      "Link-local: leave both ends on automatic. After about a minute each takes an address 169.254.x.x by itself. Not every station can.",
      "Static: give the laptop 192.168.50.1 with mask 255.255.255.0, and the station 192.168.50.2 with the same mask. Then type {{scheme}}://192.168.50.1:{{port}}/ into the station.",
      "Sharing: let the laptop give out addresses, as below. The station stays on automatic (DHCP).",
    ],
    windows: [
      "Static: Settings, Network, Ethernet, IP assignment, Edit, Manual.",
      "Sharing: Control Panel, Network Connections, right click on the adapter with internet (or any other), Properties, Sharing. The laptop becomes 192.168.137.1.",
    ],
    macos: [
      "Static: System Settings, Network, Ethernet, Details, TCP/IP, Manually.",
      "Sharing: System Settings, General, Sharing, Internet Sharing, to Ethernet. The laptop becomes 192.168.2.1.",
    ],
    linux: [
      "Static: nmcli con add type ethernet ifname eth0 ip4 192.168.50.1/24",
      "Sharing: nmcli con add type ethernet ifname eth0 ipv4.method shared. The laptop becomes 10.42.0.1.",
    ],
    usb: 'A "USB service port" is often a USB network adapter: it shows up above as a network of its own.',
  },
};
