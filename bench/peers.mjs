// The peers of extraction, measured in one process:
//
//     node peers.mjs MODULES TEXT SMALL CLAUSES
//
// MODULES is the folder where `npm ci` ran. jieba cuts TEXT and SMALL; the recognizers read SMALL line by line for at most
// ten seconds and then the quantities of each line of CLAUSES. Dictionaries and models are loaded and warmed up before the
// clock starts. Times are those of the processor. Prints one object of JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, textPath, smallPath, clausesPath] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, "package.json"));
const { Jieba } = require("@node-rs/jieba");
const { dict } = require("@node-rs/jieba/dict");
const recognizers = require("@microsoft/recognizers-text-suite");

const CULTURE = "zh-cn";
const BOUND_S = 10;

const seconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
};

// ---- jieba ----

// Text is cut line by line, as callers do. The median of as many passes as fit into two seconds, at least one.
function timeJieba(jieba, text) {
    const lines = text.split("\n");
    const passes = [];
    jieba.cut("到2025年，地区生产总值年均增长7%以上。", true);
    for (const start = seconds(); passes.length === 0 || seconds() - start < 2; ) {
        const before = seconds();
        let words = 0;
        for (const line of lines) words += jieba.cut(line, true).length;
        passes.push({ seconds: seconds() - before, words });
    }
    passes.sort((a, b) => a.seconds - b.seconds);
    const pass = passes[Math.floor(passes.length / 2)];
    return { bytes: Buffer.byteLength(text), seconds: pass.seconds, words: pass.words };
}

// ---- recognizers ----

const QUANTITIES = ["Currency", "Dimension", "Age", "Temperature", "Percentage", "Number"];

const run = (kind, text) => recognizers["recognize" + kind](text, CULTURE);

function timeRecognizers(text) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    let bytes = 0, found = 0, n = 0;
    for (const kind of QUANTITIES) run(kind, "到2025年，地区生产总值达到1.2万亿元，年均增长7%以上。");
    const start = seconds();
    while (n < lines.length && seconds() - start < BOUND_S) {
        for (const kind of QUANTITIES) found += run(kind, lines[n]).length;
        bytes += Buffer.byteLength(lines[n++]) + 1;
    }
    return { bytes, seconds: seconds() - start, lines: n, found };
}

// Their names of units as the annotation writes them. “Micrometer” is what they call 毫米.
const UNITS = {
    "Chinese yuan": "元", "United States dollar": "美元", Euro: "欧元", "Japanese yen": "日元", Meter: "米",
    Kilometer: "公里", Centimeter: "厘米", Micrometer: "毫米", Microns: "微米", Li: "里", Mile: "英里",
    "Meter per second": "米/秒", "Kilometer per hour": "公里/小时", "Square meter": "平方米",
    "Square kilometer": "平方公里", Hectare: "公顷", Mu: "亩", Liter: "升", Milliliter: "毫升", "Cubic meter": "立方米",
    Kilogram: "公斤", Gram: "克", Milligram: "毫克", Microgram: "微克", Ton: "吨", Jin: "斤", C: "℃", Bit: "位",
    Fen: "分",
};
const SPANS = { Y: "年", M: "个月", W: "周", D: "天" };
const TIMES = { H: "小时", M: "分钟", S: "秒" };

// Each result as value and unit.
const valueOf = (result) => parseFloat(result.resolution?.value);
const unitOf = (result) => UNITS[result.resolution?.unit] ?? result.resolution?.unit;
const READINGS = {
    Currency: (result) => [valueOf(result), unitOf(result)],
    Dimension: (result) => [valueOf(result), unitOf(result)],
    Age: (result) => [valueOf(result), result.resolution?.unit === "Year" ? "岁" : unitOf(result)],
    Temperature: (result) => [valueOf(result), result.resolution?.unit === "Degree" ? "度" : "℃"],
    // what kind of percentage it is stands in its text only
    Percentage: (result) => [valueOf(result), /百分点/.test(result.text) ? "个百分点" : "%"],
};

function duration(timex) {
    const [, time, value, letter] = /^P(T?)([\d.]+)([YMWDHS])$/.exec(timex) ?? [];
    return [parseFloat(value), (time ? TIMES : SPANS)[letter]];
}

// The best reading: of overlapping results with a unit the longest; then the numbers that are part of none of them,
// of no date and of no ordinal. Lengths of time come from the recognizer of dates and times.
function quantitiesOf(clause) {
    const all = [];
    const taken = run("Ordinal", clause);
    const add = (result, [value, unit]) => {
        if (Number.isFinite(value)) all.push({ start: result.start, end: result.end, value, unit });
    };
    const within = (a, b) => a.start >= b.start && a.end <= b.end;
    for (const [kind, reading] of Object.entries(READINGS)) {
        for (const result of run(kind, clause)) add(result, reading(result));
    }
    for (const result of run("DateTime", clause)) {
        if (result.typeName.endsWith("duration")) add(result, duration(result.resolution?.values?.[0]?.timex));
        else taken.push(result);
    }
    all.sort((a, b) => b.end - b.start - (a.end - a.start));
    const chosen = all.filter((a, i) => !all.some((b, k) => k < i && a.start <= b.end && b.start <= a.end));
    for (const result of run("Number", clause)) {
        if (![...chosen, ...taken].some((other) => within(result, other))) {
            chosen.push({ start: result.start, end: result.end, value: valueOf(result), unit: "" });
        }
    }
    return chosen.sort((a, b) => a.start - b.start).map(({ value, unit }) => ({ value: String(value), unit }));
}

const jieba = Jieba.withDict(dict);
console.log(
    JSON.stringify({
        node: process.version,
        jieba: [textPath, smallPath].map((text) => timeJieba(jieba, readFileSync(text, "utf8"))),
        recognizers: timeRecognizers(readFileSync(smallPath, "utf8")),
        quantities: readFileSync(clausesPath, "utf8").trimEnd().split("\n").map(quantitiesOf),
    }),
);
