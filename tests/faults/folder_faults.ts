/** What goes wrong with a folder, and what is to come of it. */

import {
  alter,
  AWAY,
  FAILED,
  fill,
  type FolderFault,
  giveBack,
  linkAway,
  longFolder,
  makeRoom,
  nothing,
  rights,
  unlink,
  usePath,
} from "./folder_fault.ts";
import { ORDINARY } from "./place_fault.ts";
import { HOST, reportName } from "./fault_pc.ts";

/** All of them. */
export const FOLDER_FAULTS: readonly FolderFault[] = [
  {
    name: "the disk is full",
    ...FAILED,
    spoil: fill(0),
    mend: makeRoom,
    told: [
      /^3 reports could not be delivered to "faulty": Cannot write ".*": the disk is full\. It is tried/,
    ],
  },
  {
    name: "the disk has room for the keys but not for the sheet",
    ...FAILED,
    spoil: fill(16),
    mend: makeRoom,
    pending: 1,
    told: [
      /^One report could not be delivered to "faulty": Cannot write ".*sheet\.html": the disk is full\./,
    ],
  },
  {
    name: "the disk is read-only",
    ...FAILED,
    spoil: ({ mounts, faulty }) => mounts.sh(`mount -t tmpfs -o ro tmpfs ${faulty}`),
    mend: ({ mounts, faulty }) => mounts.sh(`mount -o remount,rw ${faulty}`),
    told: [/^3 reports .*: the disk is read-only\./],
  },
  {
    name: "no right to look into it",
    ...FAILED,
    codes: AWAY,
    through: ORDINARY,
    spoil: rights("700"),
    mend: giveBack,
    told: [
      /^3 reports could not be delivered to "faulty"\./,
      /^Nobody could look at "faulty" tonight: .*: no rights\./,
    ],
  },
  {
    name: "no right to write into it",
    ...FAILED,
    through: ORDINARY,
    spoil: rights("555"),
    mend: giveBack,
    told: [/^3 reports could not be delivered to "faulty": Cannot write ".*": no rights\./],
  },
  {
    name: "no right to write into the PC's own folder there",
    ...FAILED,
    known: true,
    through: ORDINARY,
    spoil: rights("555", `/${HOST}`),
    mend: giveBack,
    pending: 2,
    told: [/^2 reports could not be delivered to "faulty": Cannot write ".*": no rights\./],
  },
  {
    name: "the folder is not there",
    ...FAILED,
    codes: AWAY,
    spoil: ({ faulty }) => Deno.remove(faulty),
    mend: ({ faulty }) => Deno.mkdir(faulty),
    told: [/^3 reports could not be delivered/, /: it does not exist\. Its copies are taken as they were/],
  },
  {
    name: "a file has the folder's name",
    ...FAILED,
    codes: AWAY,
    spoil: async ({ faulty }) => {
      await Deno.remove(faulty);
      await Deno.writeTextFile(faulty, "not a folder");
    },
    mend: async ({ faulty }) => {
      await Deno.remove(faulty);
      await Deno.mkdir(faulty);
    },
    told: [
      /^3 reports could not be delivered/,
      /^Nobody could look at "faulty" tonight: .*: it is not a folder\./,
    ],
  },
  {
    name: "somebody else's file has the name of a report",
    known: true,
    spoil: ({ faulty }) => Deno.writeTextFile(`${faulty}/${HOST}/${reportName(2, 2)}`, "somebody else's"),
    mend: nothing,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
    left: [/00000002-[^ ]*\.TXT$/],
  },
  {
    name: "somebody else's files lie in a folder of the PC's name",
    spoil: async ({ faulty }) => {
      await Deno.mkdir(`${faulty}/${HOST}`);
      await Deno.writeTextFile(`${faulty}/${HOST}/${reportName(1, 1)}`, "somebody else's");
    },
    mend: nothing,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
  },
  {
    name: "somebody else's folder has the name of a report",
    spoil: ({ faulty }) => Deno.mkdir(`${faulty}/${HOST}/${reportName(1, 1)}`, { recursive: true }),
    mend: nothing,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
  },
  {
    name: "the name is too long for the disk",
    ...FAILED,
    spoil: (world) => usePath(world, longFolder(world.faulty)),
    mend: async (world) => {
      await Deno.remove(`${world.faulty}/${"x".repeat(249)}`, { recursive: true });
      await usePath(world, world.faulty);
    },
    pending: 2,
    told: [/^2 reports could not be delivered to "faulty": Cannot write ".*": the name is too long\./],
  },
  {
    name: "what was written vanishes before it is read back",
    ...FAILED,
    inside: "vanishes",
    spoil: nothing,
    mend: nothing,
    told: [/^3 reports .*: Cannot write ".*": it was gone again as soon as it was written\./],
  },
  {
    name: "the folder goes away while it is written to",
    ...FAILED,
    inside: "goes away",
    spoil: nothing,
    mend: ({ faulty }) => Deno.rename(`${faulty}.gone`, faulty),
    told: [/^3 reports .*: Cannot write ".*": its folder is not there any more\./],
  },
  {
    name: "the disk keeps other bytes than it was given",
    ...FAILED,
    inside: "changes bytes",
    spoil: nothing,
    mend: nothing,
    told: [/^3 reports .*: what was read back differs from what was written\./],
    left: [/00000001-[^ ]*\.TXT$/, /00000002-[^ ]*\.TXT$/, /sheet\.html$/],
  },
  {
    name: "the disk keeps half of what it was given",
    ...FAILED,
    inside: "keeps half",
    spoil: nothing,
    mend: nothing,
    told: [/^3 reports .*: what was read back differs from what was written\./],
    left: [/00000001-[^ ]*\.TXT$/, /00000002-[^ ]*\.TXT$/, /sheet\.html$/],
  },
  {
    name: "a report is altered after it was read back",
    known: true,
    spoil: alter,
    mend: nothing,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
    left: [/00000001-[^ ]*6666\.TXT$/],
  },
  {
    name: "a report is removed after it was read back",
    known: true,
    spoil: ({ faulty }) => Deno.remove(`${faulty}/${HOST}/${reportName(1, 1)}`),
    mend: nothing,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
  },
  {
    name: "the PC's folder there is a link that leads elsewhere",
    ...FAILED,
    codes: AWAY,
    spoil: (world) => linkAway(`${world.faulty}/${HOST}`, world),
    mend: ({ faulty }) => unlink(`${faulty}/${HOST}`),
    told: [/^3 reports could not be delivered/, /is a link that leads to ".*elsewhere"\./],
  },
  {
    name: "the PC's folder there becomes a link that leads elsewhere",
    ...FAILED,
    known: true,
    codes: AWAY,
    spoil: (world) => linkAway(`${world.faulty}/${HOST}`, world),
    mend: ({ faulty }) => unlink(`${faulty}/${HOST}`),
    pending: 2,
    told: [/^2 reports could not be delivered/, /is a link that leads to ".*elsewhere"\./],
  },
  {
    name: "the folder becomes a link that leads elsewhere",
    ...FAILED,
    known: true,
    codes: AWAY,
    spoil: (world) => linkAway(world.faulty, world),
    mend: ({ faulty }) => unlink(faulty),
    pending: 2,
    told: [/^2 reports could not be delivered/, /: it leads to ".*elsewhere", but led to ".*" before\./],
  },
  {
    name: "a folder has the name of status.json",
    spoil: ({ faulty }) => Deno.mkdir(`${faulty}/${HOST}/status.json`, { recursive: true }),
    mend: nothing,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
  },
];
