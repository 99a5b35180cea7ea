// SPDX-License-Identifier: GPL-3.0-or-later
// What stays after values were taken out: whole values first, words of names beside them, and said when not all of them
// could be looked for.
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/prove.h"
#include "analyzers/fixes/plan.h"
#include "tests/unit/check.h"

#include <memory>
#include <string>
#include <vector>

using namespace cupel;

namespace {

// One edit for each value takes it out of `before`; what stays is looked for in `after`.
engine::Remains remainsOf(
    const std::vector<std::string>& values, const std::string& after, const std::string& kind = "redact")
{
    Analysis before;
    before.artifact.path = "a.txt";
    std::string text;
    fixes::Plan plan;
    for (const auto& value : values) {
        Finding finding;
        finding.cls = kind == "redact" ? "pii.person-name" : "";
        finding.location.bytes = {text.size(), text.size() + value.size()};
        text += value + '\n';
        fixes::PlannedEdit edit;
        edit.kind = kind;
        edit.finding = before.findings.size();
        plan.edits.push_back(std::move(edit));
        before.findings.push_back(std::move(finding));
    }
    before.artifact.bytes = std::make_shared<const std::string>(std::move(text));
    plan.analysis = std::make_shared<const Analysis>(std::move(before));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = "b.md";
    artifact.bytes = std::make_shared<const std::string>(after);
    return engine::whatRemains(plan, {}, engine::analyze(std::move(artifact), options, budget), budget);
}

std::size_t placesOf(const engine::Remains& remains, bool part)
{
    std::size_t count = 0;
    for (const auto& remain : remains.list) {
        count += remain.part == part ? remain.count : 0;
    }
    return count;
}

// Letters alone: a number would be a word of its own.
std::string nameOf(std::size_t number)
{
    std::string out = "Q";
    for (int i = 0; i < 4; ++i, number /= 26) {
        out += static_cast<char>('a' + number % 26);
    }
    return out;
}

} // namespace

CUPEL_TEST(wordsCrowdNoWholeValueOut)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < 3'000; ++i) {
        names.push_back(nameOf(2 * i) + ' ' + nameOf(2 * i + 1));
    }
    const auto remains = remainsOf(names, "Ask " + names.back() + ", not " + nameOf(0) + ".\n");
    CHECK_EQ(placesOf(remains, false), 1);
    CHECK_EQ(placesOf(remains, true), 1); // and the words of the whole value are not told again
    CHECK(!remains.complete); // 6,000 words
    names.resize(2'000);
    CHECK(remainsOf(names, "Nobody.\n").complete);
    auto twice = names; // the same ones again take no room
    for (int i = 0; i < 2; ++i) {
        twice.insert(twice.end(), names.begin(), names.end());
    }
    CHECK(remainsOf(twice, "Nobody.\n").complete);
}

CUPEL_TEST(wordsOfNamesInAnyScriptAreTold)
{
    for (const std::string name : {"Megan Holloway", "Élodie Marchand", "Øystein Haugen", "Žofie Nováková",
             "Мария Иванова", "Ελένη Παππά", "Ńgọc Trần", "Արամ Խաչատրյան", "민준 김", "דניאל כהן"}) {
        const auto word = name.substr(0, name.find(' '));
        if (!CHECK_EQ(placesOf(remainsOf({name}, "Thanks to " + word + " once more.\n"), true), 1)) {
            test::report(false, __FILE__, __LINE__, name);
        }
    }
    // Small letters first, and short ones, are words of prose.
    for (const std::string name : {"van Holloway", "élodie Marchand", "øystein Haugen", "žofie Nováková",
             "мария Иванова", "ελένη Παππά", "آن Holloway", "Ян Иванов", "“Meg” Holloway", "–––– Holloway"}) {
        const auto word = name.substr(0, name.find(' '));
        if (!CHECK_EQ(placesOf(remainsOf({name}, "Thanks to " + word + " once more.\n"), true), 0)) {
            test::report(false, __FILE__, __LINE__, name);
        }
    }
}

CUPEL_TEST(usersOfHomeFoldersAreTold)
{
    const auto left = [](const std::string& path, const std::string& after) {
        const auto remains = remainsOf({path}, after, "home-path");
        return placesOf(remains, false) * 10 + placesOf(remains, true);
    };
    for (const std::string path : {"/home/mholloway", "/Users/mholloway", "C:\\Users\\mholloway",
             "/scratch/users/mholloway", "/mnt/nfs/home/mholloway", "/Users/mholloway@corp.example",
             "/mnt/batch/tasks/shared/LS_root/mounts/clusters/mholloway/code/Users/someone"}) {
        if (!CHECK_EQ(
                left(path, "See <HOME>/x and [it](https://github.com/mholloway/x).\n\n/data/mholloway/y\n"), 20)) {
            test::report(false, __FILE__, __LINE__, path);
        }
    }
    // Names that tell nobody, and short ones, are words.
    for (const std::string name : {"root", "ubuntu", "admin", "jovyan", "runner", "user", "python", "ben"}) {
        CHECK_EQ(left("/home/" + name, "Run as " + name + ", not from " + name + "/x.\n"), 0);
    }
    CHECK_EQ(left("/home/mholloway", "mholloways and xmholloway are others.\n"), 0);
}
