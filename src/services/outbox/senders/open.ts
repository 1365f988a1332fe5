import type { Destination } from "../../../station/onward/outbox.ts";
import { folderSender } from "./folder.ts";
import { httpSender } from "./http.ts";
import { s3Sender } from "./s3/s3.ts";
import type { Sender, SenderTools } from "./sender.ts";
import { webdavSender } from "./webdav.ts";

/** Opens a destination. What speaks SSH is large, and is read only where it is needed. */
export async function openSender(destination: Destination, tools: SenderTools): Promise<Sender> {
  switch (destination.kind) {
    case "folder":
      return folderSender(destination.path);
    case "http":
      return httpSender(destination, tools);
    case "webdav":
      return webdavSender(destination, tools);
    case "s3":
      return s3Sender(destination, tools);
    case "sftp":
      return (await import("./sftp/sftp.ts")).sftpSender(destination, tools);
  }
}
