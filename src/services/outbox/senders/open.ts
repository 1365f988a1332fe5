import type { Destination } from "../../../station/onward/outbox.ts";
import { folderSender } from "./folder.ts";
import { httpSender } from "./http.ts";
import { s3Sender } from "./s3/s3.ts";
import type { Sender, SenderTools } from "./sender.ts";
import { webdavSender } from "./webdav.ts";

/** Opens a destination. */
export function openSender(destination: Destination, tools: SenderTools): Sender {
  switch (destination.kind) {
    case "folder":
      return folderSender(destination.path);
    case "http":
      return httpSender(destination, tools);
    case "webdav":
      return webdavSender(destination, tools);
    case "s3":
      return s3Sender(destination, tools);
  }
}
