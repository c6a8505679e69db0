// A small workbook of one sheet of texts, as anybody's program for sheets writes it.
import { crc32 } from "node:zlib";

const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const packaged = "http://schemas.openxmlformats.org/package/2006";

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const cell = (text, column, row) => `<c r="${String.fromCodePoint(65 + column)}${row + 1}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;

/** The bytes of an .xlsx with these rows. */
export function workbook(rows) {
  const sheet = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((text, column) => (text === "" ? "" : cell(text, column, row))).join("")}</row>`).join("");
  return zipped({
    "[Content_Types].xml": `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="组织" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  });
}

/** Files as they are, one after the other, with the list at the end that makes a zip of them. */
function zipped(files) {
  const parts = [];
  const list = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`)];
    const head = Buffer.alloc(26);
    // Version 2.0, names in UTF-8, stored, 1 January 1980.
    [20, 0x0800, 0, 0, 0x21].forEach((value, n) => head.writeUInt16LE(value, 2 * n));
    [crc32(bytes), bytes.length, bytes.length].forEach((value, n) => head.writeUInt32LE(value, 10 + 4 * n));
    head.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    list.push(Buffer.from("PK\u0001\u0002\u0014\u0000"), head, tail, path);
    parts.push(Buffer.from("PK\u0003\u0004"), head, path, bytes);
    at += 4 + head.length + path.length + bytes.length;
  }
  const index = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  [Object.keys(files).length, Object.keys(files).length].forEach((value, n) => end.writeUInt16LE(value, 8 + 2 * n));
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, index, end]);
}
