/** Every bound on what comes from outside, each with its reason. A bound that bites is told: by a finding, an attempt or an outcome,
 * with cause and cure, and the bytes (or their head, length and hash) go on record. */

// Connections
/** Connections that may stand at the door at once: a site dials in all together after a power cut, and each costs a file descriptor. */
export const mostHalfOpen = 512;
/** Live links from one address: far above any bench, and a bench behind one router has one address. */
export const mostLinksOfAddress = 1000;
/** Live links in all: what a laptop still serves with ease. */
export const mostLinks = 4000;
/** File descriptors that no station gets: the record, the screens, the central systems above and what the system itself opens. */
export const filesReserved = 100;
/** Connections at the door that are always possible beside the live links, so that who is turned away is told why. */
export const doorReserved = 24;
/** The part of all live links that one address may have where descriptors are few: others must come in too. */
export const shareOfAddress = 0.75;

// Identities
/** New identities from one address in a minute: a fleet that dials in for the first time passes, a flood of invented ones does not. */
export const mostNewOfAddress = 300;
/** New identities from all addresses in a minute: many addresses are cheap to have, too. */
export const mostNewOfAll = 1000;
/** Identities that are taken on without a person's word: each costs memory and a row on every screen. */
export const mostUninvited = 10_000;

// Messages on the wire
/** The first bytes of a message that is not taken whole, which go on record: enough to see what it was. */
export const keptHeadBytes = 64 * 1024;
/** How long one message may take to become whole, milliseconds: 1 MB over the slowest modem needs less. */
export const longestMessageMs = 120_000;
/** How long a message over the limit is read on, milliseconds, so that its length and hash are known. */
export const overLimitReadMs = 10_000;
/** Bytes that all links together may hold in messages that are not whole yet, beside one as large as the limit allows: memory is
 * shared by all stations. */
export const mostUnfinishedBytes = 16 * 1024 * 1024;
/** Bytes of messages that wait to be stored, with what each costs, over which none is read: the stations wait, not the memory. */
export const mostUnstoredBytes = 256 * 1024;
/** What a message that waits to be stored costs beside its bytes. */
export const unstoredCost = 1024;
/** Bytes that a socket reads ahead of whoever takes them: enough for any message of a station, and thousands may do so at once. */
export const readAheadBytes = 16 * 1024;
/** Bytes that one link has read in its turn while others wait too. */
export const pieceBytes = 4 * 1024;
/** Bytes that all links together have read in a turn of the event loop while some wait: the rest of the program has its turn, too. */
export const turnBytes = 128 * 1024;
/** The largest limit of a message that can be set, bytes; nothing above it is put together at all. */
export const largestFrameLimit = 64 * 1024 * 1024;
/** A compressed message is unpacked to so many times the limit, so that its head and length can be told; past that it is given up. */
export const unpackedBeyond = 4;
/** What each piece of an unfinished message, and each message unsent, costs beside its bytes. */
export const pieceCost = 512;

// What waits to be sent
/** Bytes unsent on one link over which no more is read from it: who does not read answers need not ask. */
export const mostUnsentBeforePause = 512 * 1024;
/** How long a link may stay so, milliseconds: the slowest modem drains it sooner. */
export const longestUnreadMs = 60_000;
/** Bytes unsent on one link over which nothing more is added: commands and messages from above come without being asked for. */
export const mostUnsentBytes = 16 * 1024 * 1024;
/** Bytes that all links together may hold unsent, those to the central systems above apart. */
export const mostUnsentOfAll = 48 * 1024 * 1024;
/** Bytes that wait for a central system above which is being dialled, for each station: it takes seconds, and then it is open or away. */
export const mostWaitingForAbove = 1024 * 1024;
/** Answers to one station that are delayed on purpose at once; the next goes out undelayed, and bears no mark that says otherwise. */
export const mostDelayed = 1000;

// The screens' port: other programs of this machine reach it, and a page that hangs must not cost the core its memory
/** Connections that have not proved themselves yet; past it the one that came first is dropped, so that a screen always gets in. */
export const mostApiStrangers = 200;
/** Screens and command lines at once: some windows, and scripts beside them. */
export const mostApiClients = 100;
/** The longest message of a client, bytes: a certificate or a raw payload at most. */
export const apiMessageBytes = 4 * 1024 * 1024;
/** Bytes unsent from which on feeds wait and logs begin anew. */
export const apiSlowBytes = 4 * 1024 * 1024;
/** Bytes unsent at which a client that does not read is cut off: more than any answer, less than hurts. */
export const apiUnsentBytes = 64 * 1024 * 1024;
/** Calls of one client that wait for their answer: a command to each of some hundred stations. */
export const mostApiCalls = 500;
/** Feeds of one client: a screen opens a dozen. */
export const mostApiFeeds = 200;
/** Rows of a table in one message: about half a megabyte, made in some milliseconds. */
export const apiRowsAtOnce = 2000;

// Frames
/** How deep a message may be nested, and how many values it may hold. What reads a message walks it: 64 levels are no depth for that,
 * and no message of OCPP has more than 10. The longest reports and session logs have some ten thousand values. */
export const messageBounds = { depth: 64, values: 100_000 };
/** Characters of a message id that is echoed: 36 by the specification (part 4, 4.1.4), and room for those that do not keep to it. */
export const longestId = 255;
/** Characters of a frame that is remembered as it was, to know it when it comes again; of a longer one the hash is. */
export const longestRemembered = 4096;

// What is kept of a message beside its own bytes, which are kept whole
/** Characters of a finding's place, and of what was said there. */
export const longestSaid = 200;
/** Characters of a message on record that are looked through for secrets when a finding is shown; what was said is stored without. */
export const longestSearched = 262_144;
/** Characters of an action and of a time beside a message on record: the longest action of OCPP has 38. */
export const longestName = 100;
/** Characters of a text in an event and in the state: more than any field of OCPP that a person reads whole. */
export const longestText = 300;
/** Characters of a certificate, its chain or a request for one: they are read as a whole (10,000 in 2.x), and one that is longer than we
 * take is to be known as that. */
export const longestCertificate = 20_000;
/** Characters of a signed value's data and key (2,500 each in 2.0.1). */
export const longestSigned = 4096;
/** A measured value in its unit, either way: the largest counters end at 2^64, and what is larger is not added up into a number. */
export const largestValue = 1e21;
/** Bytes of a file that is kept with the record: a large log of a station has some hundred megabytes. */
export const longestFile = 4 * 1024 ** 3;
/** Characters of its name. */
export const longestFileName = 255;
/** Bytes that stay free on the disk whatever comes, for the record itself. */
export const roomToLeave = 256 * 1024 ** 2;
/** Entries of a list in an event, and measured values of one message: a session's log told at its end has some thousand. */
export const mostEntries = 5000;
/** Events and findings that one message makes. The rest is counted. */
export const mostEvents = 500;
export const mostFindings = 50;

// What a station's state holds
/** EVSEs of a station; 1.6 has a connector for each. No station has more; a wild number must not make a thousand. */
export const mostEvses = 1000;
/** Connectors of one EVSE, and of a station in all. */
export const mostConnectors = 32;
export const mostConnectorsInAll = 2000;
/** Series (measurand, phase, location) of one EVSE, and of a station in all: OCPP has some 30 measurands and 10 phases, and the richest
 * meters tell 60. A look-up goes through them one by one. */
export const mostSeries = 256;
export const mostSeriesInAll = 5000;
/** Certificates that a station lists. */
export const mostCertificates = 500;

/** Bookmarks in a record: a person comes back to some, and the list of them is looked at whole. */
export const mostBookmarks = 1000;
/** Calls that are kept to be sent again, chosen by their name. */
export const mostSavedCalls = 200;
/** Destinations of the outbox, chosen by their name. */
export const mostDestinations = 50;
/** Bytes of text, unpacked, that are redacted before they are sent: some minutes of work, and a hundred large logs. */
export const mostRedacted = 512 * 1024 * 1024;
/** Files in the outbox, those that went among them. */
export const mostInOutbox = 10_000;

// What a station tells of its sessions
/** Transactions that neither run nor stand on an EVSE as its last one, and are still known: a late value or a repeated end finds one of
 * them. */
export const mostPastTransactions = 20;
/** Stretches of missing numbers that are kept for one transaction or report. */
export const mostGaps = 20;
/** Reports of 2.x that are kept, the newest. */
export const mostReports = 10;
/** Values of a configuration that are kept: a large station of 2.x has some thousand. */
export const mostConfigured = 20_000;
/** Problems of a connector that are not cleared; the oldest goes. */
export const mostProblems = 16;
/** What was measured longer before it came is not of now, ms: stations tell within seconds, and retry a lost answer within a minute. */
export const staleMs = 60_000;
/** No station delivers more, W: a register that grows faster is not the one it seems to be. */
export const mostWatts = 1_000_000;
/** Values of a begin are measured at the begin, give or take what a station needs to write them, ms. */
export const beginMs = 60_000;
/** Closing values are of the end; what is measured longer after it is of after it, ms. */
export const staysMs = 2000;
/** More than a station takes for itself: such power goes into a car, W. */
export const powerFlowsW = 100;
/** How long the end of a transaction may come after its connector is free before it is told as owed, ms. */
export const stopOwedMs = 5000;

// Clocks
/** How far ahead of ours a time may be that is told of what has happened: beyond what clocks drift, it is a clock that is set wrong, or
 * local time that calls itself UTC, ms. */
export const aheadMs = 15 * 60_000;
/** How far our own clock has to jump for it to be told: a clock that is kept right by the network moves less, ms. */
export const ownStepMs = 3000;

// States of the past
/** Frames and entries of our own between two kept states of a station: fewer are folded in some milliseconds. */
export const momentEvery = 500;
/** Characters of frames between two kept states of a station: long frames take longer to fold. */
export const momentCharacters = 4 * 1024 * 1024;
/** The newest kept states of a station that all stay; of those behind them fewer and fewer do. */
export const momentsUnthinned = 1024;
/** Bytes of a kept state: far more than the bounds of a state allow, and what grows beyond is damage. */
export const longestMoment = 64 * 1024 * 1024;
