// SPDX-License-Identifier: GPL-3.0-or-later
// What the user asked for, as plain values. Filled by the command line, read by the commands.
#pragma once

#include "analyzers/model/finding.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cupel::cli {

// Promised to scripts; never reuse a number.
enum class Exit : std::uint8_t {
    Ok = 0, // everything asked was looked at and nothing reaches --fail-on
    Findings = 1,
    Usage = 2,
    NothingScannable = 3,
    Incomplete = 4,
    VerificationFailed = 5,
    Internal = 70,
    Interrupted = 130,
};

enum class Command : std::uint8_t {
    None,
    Scan,
    Inspect,
    Fix,
    Convert,
    Strip,
    Diff,
    Lineage,
    Threats,
    ThreatModel,
    Rules,
    Explain,
    Open,
    Completions,
    Man
};
enum class When : std::uint8_t { Auto, Always, Never };
enum class ProgressMode : std::uint8_t { Auto, Plain, Json, None };

struct OutputRequest {
    std::string format;
    std::string file; // "-" is the standard output
};

struct Arguments {
    Command command = Command::None;
    bool help = false;
    bool version = false;
    bool json = false; // with --version

    std::vector<std::string> paths; // also the rule of explain, the shell of completions, the words of rules
    std::string format = "text";
    std::vector<OutputRequest> outputs;
    std::optional<Severity> failOn = Severity::High; // empty: findings never decide the exit code
    Confidence minConfidence = Confidence::Possible;
    bool allowPartial = false;

    When colour = When::Auto;
    ProgressMode progress = ProgressMode::Auto;
    bool quiet = false;
    bool verbose = false;

    unsigned jobs = 0;
    std::vector<std::string> exclude;
    std::string filesFrom; // empty: not given
    bool nulSeparated = false;
    std::string stdinFilename;
    std::optional<std::chrono::milliseconds> maxTime;
    bool noHash = false;
    std::uint64_t maxMemory = 0;

    std::string profile; // a name, or a file that holds one; empty: none
    std::vector<std::string> baselines; // files
    std::string decisions; // file; empty: none
    std::vector<std::string> rules; // threats: packs of rules, files or folders
    std::string revision; // diff: of git; empty: none
    bool newOnly = false; // leave out what a baseline or a decision covers
    bool failOnGiven = false; // --fail-on was typed, also beside a profile

    bool write = false; // fix: into the file itself
    std::string out; // fix, convert, strip: into this file; empty: not given
    bool all = false; // fix: also edits that change what the code does
    std::vector<std::string> only; // fix: kinds or globs of rule ids; empty: every one

    std::string roles; // lineage: file of rows that override the table; empty: none
    bool recordedOrder = false; // lineage: cells in the order in which they ran
    std::string before; // lineage: an earlier graph, or an earlier folder; empty: nothing is compared

    bool hidden = false; // strip: what of a model file goes
    bool metadata = false;
    bool templates = false;
    std::vector<std::string> keys; // of its metadata

    bool source = false; // inspect: redacted text of cells
    bool opcodes = false; // inspect: the opcodes of a pickle
    std::string family; // rules
    std::optional<Severity> severity; // rules
};

} // namespace cupel::cli
