// SPDX-License-Identifier: GPL-3.0-or-later
// Names of HDF5 files: what is shown was searched, and neither their number nor their length makes a file expensive.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

#include <numeric>

using namespace cupel;
using test::Judged;
using test::number;

namespace {

// Groups of links, by the newer rules of the library; addresses are known when something is placed.
class Hdf5 {
public:
    std::uint64_t put(const std::string& messages)
    {
        const auto at = m_bytes.size();
        m_bytes += "OHDR\2\2" + number(messages.size(), 4) + messages + std::string(4, '\0');
        return at;
    }
    std::uint64_t dataset() { return put(message(8, "\3\1" + std::string(16, '\xff'))); }
    static std::string link(const std::string& name, std::uint64_t object)
    {
        return message(6, "\1\1" + number(name.size(), 2) + name + number(object, 8));
    }
    std::string finish(std::uint64_t root)
    {
        const auto head = "\x89HDF\r\n\x1a\n\2\10\10" + std::string(1, '\0') + number(0, 8) + std::string(8, '\xff')
            + number(m_bytes.size(), 8) + number(root, 8) + number(0, 4);
        return m_bytes.replace(0, head.size(), head);
    }

private:
    static std::string message(char type, const std::string& content)
    {
        return type + number(content.size(), 2) + std::string(1, '\0') + content;
    }
    std::string m_bytes = std::string(48, '\0');
};

Judged withNames(const std::vector<std::string>& names)
{
    Hdf5 file;
    std::string links;
    for (const auto& name : names) {
        links += Hdf5::link(name, file.dataset());
    }
    const auto root = file.put(links);
    return {file.finish(root), "any.h5"};
}

std::uint64_t searchedBytes(const Judged& file)
{
    const auto& regions = file.analysis.facts.regions;
    return std::accumulate(regions.begin(), regions.end(), std::uint64_t{0},
        [](std::uint64_t sum, const Region& one) { return sum + one.bytes.size(); });
}

bool hasTensor(const Judged& file, const std::string& name, bool exact)
{
    const auto& tensors = file.model().tensors;
    return std::any_of(tensors.begin(), tensors.end(),
        [&](const ModelTensor& one) { return one.name == name && one.exactName == exact; });
}

bool tells(const Judged& file, std::string_view message)
{
    const auto& notes = file.analysis.facts.diagnostics;
    return std::any_of(notes.begin(), notes.end(),
        [message](const Diagnostic& one) { return one.message.find(message) != std::string::npos; });
}

const std::string token = std::string("ghp_") + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";

} // namespace

CUPEL_TEST(names_are_shown_and_searched)
{
    const auto file = withNames({"kernel", "a_name_that_is_long_enough", "of_" + token});
    CHECK(file.complete());
    CHECK(hasTensor(file, "/kernel", true));
    CHECK(hasTensor(file, "/a_name_that_is_long_enough", true));
    CHECK(std::any_of(file.analysis.findings.begin(), file.analysis.findings.end(),
        [](const Finding& one) { return one.rule.starts_with("CUP-SEC-"); }));
}

// One that would be cut in the middle of a credential is not shown at all, and found all the same.
CUPEL_TEST(a_long_name_is_told_by_its_length)
{
    const auto file = withNames({std::string(180, 'x') + ' ' + token + ' ' + std::string(79, 'y')});
    CHECK(file.complete());
    CHECK(hasTensor(file, "/(a name of 301 bytes)", false));
    CHECK(std::any_of(file.analysis.findings.begin(), file.analysis.findings.end(),
        [](const Finding& one) { return one.rule.starts_with("CUP-SEC-"); }));
}

// Behind the last name that is searched none is shown, unless it is too short for anything.
CUPEL_TEST(a_very_late_name_is_not_shown)
{
    std::vector<std::string> names{"of_" + token, "short"}; // the last link is followed first
    while (names.size() < 15'010) {
        names.push_back("a_name_that_is_long_enough_" + std::to_string(names.size()));
    }
    const auto file = withNames(names);
    CHECK(!file.complete());
    CHECK(tells(file, "more names than the limit"));
    CHECK(hasTensor(file, "/(a name that was not searched)", false));
    CHECK(hasTensor(file, "/short", true));
    CHECK(hasTensor(file, "/a_name_that_is_long_enough_15009", true));
    for (const auto& one : file.model().tensors) {
        REQUIRE(one.name.find("ghp_") == std::string::npos);
    }
}

CUPEL_TEST(many_long_names_stay_cheap)
{
    std::vector<std::string> names{"of_" + token}; // the last link is followed first
    while (names.size() < 2'000) {
        names.push_back(std::string(6'000, 'n') + std::to_string(names.size()));
    }
    const auto file = withNames(names);
    CHECK(!file.complete());
    CHECK(tells(file, "more names than the limit"));
    CHECK(searchedBytes(file) <= (4U << 20) + 100);
    CHECK(searchedBytes(file) > 3U << 20);
    CHECK(hasTensor(file, "/(a name that was not searched)", false));
    CHECK(std::any_of(file.analysis.findings.begin(), file.analysis.findings.end(),
        [](const Finding& one) { return one.rule.starts_with("CUP-SEC-"); })); // long ones hide no short one
    // Those of an ordinary length are not what that limit is about.
    names.assign(12'000, {});
    for (std::size_t i = 0; i < names.size(); ++i) {
        names[i] = "block_" + std::to_string(i) + "/" + std::string(150, 'n');
    }
    CHECK(withNames(names).complete());
}

// The paths of many data sets in deep groups would take a hundred times the room of the file.
CUPEL_TEST(many_data_sets_in_deep_groups_stay_cheap)
{
    Hdf5 file;
    std::string links;
    for (int i = 0; i < 25'000; ++i) {
        links += Hdf5::link("w" + std::to_string(i), file.dataset());
    }
    auto group = file.put(links);
    for (int i = 0; i < 5; ++i) {
        group = file.put(Hdf5::link(std::string(180, 'g'), group));
    }
    const Judged deep(file.finish(group), "any.h5");
    CHECK(deep.complete());
    REQUIRE(deep.model().tensors.size() == 25'000);
    std::uint64_t kept = 0;
    for (const auto& one : deep.model().tensors) {
        kept += one.name.size();
    }
    CHECK(kept < 17U << 20);
    CHECK(hasTensor(deep, "\u2026/w0", false));
}

// No message has room for a longer one; what says that it is longer is damaged.
CUPEL_TEST(names_as_long_as_a_message)
{
    const auto file = withNames({"kernel", std::string(65'000, 'n')});
    CHECK(file.complete());
    CHECK(hasTensor(file, "/(a name of 65000 bytes)", false));
    Hdf5 cut;
    auto link = Hdf5::link("name", cut.dataset());
    link[6] = '\xff';
    const auto root = cut.put(link);
    CHECK(tells(Judged(cut.finish(root), "any.h5"), "A link is damaged"));
}
