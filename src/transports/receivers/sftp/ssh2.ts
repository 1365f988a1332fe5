import type { Socket } from "node:net";
import ssh2, { type Connection, type SFTPWrapper } from "ssh2";

// What of ssh2 1.17.0 is no part of its interface, in one place. It is pinned, and the receiver's tests fail where it goes.

type Inside = {
  _protocol: { exitStatus(channel: number, status: number): void };
  outgoing: { id: number; state: string };
};

/** The socket of a connection, to be held up where more comes than is written. */
export function socketOf(connection: Connection): Socket {
  return (connection as unknown as { _sock: Socket })._sock;
}

/** Ends a channel as a program does that went well: without it sftp and scp hang, or exit with 1. */
export function endWell(sftp: SFTPWrapper): void {
  const { _protocol, outgoing } = sftp as unknown as Inside;
  if (outgoing.state === "open") _protocol.exitStatus(outgoing.id, 0);
  sftp.end();
}

export const { STATUS_CODE: status, OPEN_MODE: openMode } = ssh2.utils.sftp;
