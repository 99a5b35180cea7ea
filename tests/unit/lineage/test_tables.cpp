// SPDX-License-Identifier: GPL-3.0-or-later
// The table of calls, names of places, and how pieces of files are joined.
#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/join.h"
#include "analyzers/lineage/locators.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::lineage;

CUPEL_TEST(rows_of_the_user_stand_before)
{
    const auto own = ApiRoles::withRows("# "
                                        "mine\npandas.read_csv\tfunction\tsink\t0:path\tpath\t-\t-\t-\t-\nmine."
                                        "load\tfunction\tsource\t0:p\tpath\t-\t-\t-\t-\r\n");
    REQUIRE(own.ok());
    const auto* known = own.value()->function("pandas.read_csv");
    REQUIRE(known != nullptr);
    CHECK(known->is(roleSink));
    CHECK(!known->is(roleSource));
    CHECK(own.value()->function("mine.load") != nullptr);
    CHECK(own.value()->knowsLibrary("mine"));
    CHECK(ApiRoles::builtIn()->function("pandas.read_csv")->is(roleSource));
    CHECK(ApiRoles::builtIn()->function("mine.load") == nullptr);
}

CUPEL_TEST(mistakes_are_told_by_line)
{
    const auto few = ApiRoles::withRows("\n# c\na.b\tfunction\n");
    REQUIRE(!few.ok());
    CHECK(few.error().detail.starts_with("line 3: "));
    const auto role = ApiRoles::withRows("a.b\tfunction\tnonsense\t-\t-\t-\t-\t-\t-\n");
    REQUIRE(!role.ok());
    CHECK_EQ(role.error().detail, "line 1: no such role: nonsense");
}

CUPEL_TEST(aliases_and_types)
{
    const auto roles = ApiRoles::builtIn();
    CHECK_EQ(roles->canonical("modin.pandas.read_csv"), "pandas.read_csv");
    CHECK_EQ(roles->canonical("tensorflow.keras.models.load_model"), "keras.models.load_model");
    CHECK_EQ(roles->canonical("nobody.knows"), "nobody.knows");
    CHECK(roles->method("pandas.DataFrame", "to_csv") != nullptr);
    CHECK(roles->anyMethod("to_csv") != nullptr);
    CHECK(!roles->knowsLibrary("nobody"));
}

CUPEL_TEST(schemes_and_paths)
{
    const auto bucket = readLocator("s3a://bucket/k.csv", "", "path", false);
    CHECK_EQ(bucket.kind, SourceKind::S3);
    CHECK_EQ(bucket.id, "s3://bucket/k.csv");
    CHECK(bucket.outside);
    CHECK_EQ(readLocator("../d/a.csv", "nb", "path", false).id, "d/a.csv");
    CHECK(readLocator("../../a.csv", "nb", "path", false).outside);
    CHECK_EQ(readLocator("owner/name", "", "hub id/dir", true).kind, SourceKind::HubModel);
    CHECK_EQ(readLocator("Sales", "", "table", false).id, "table:sales");
    CHECK_EQ(readLocator("a\1\1.csv", "", "path", false).value, "a*.csv");
    CHECK_EQ(joinPath("nb", "./x/../a.csv"), "nb/a.csv");
    CHECK_EQ(normalPath("a\\b/./c/.."), "a/b");
    CHECK_EQ(extensionOf("m.tar.GZ"), "gz");
    CHECK_EQ(extensionOf(".hidden"), "");
}

CUPEL_TEST(credentials_are_masked)
{
    CHECK_EQ(withoutCredentials("postgresql://u:word@h/db"), "postgresql://u:***@h/db");
    CHECK_EQ(withoutCredentials("https://h/x?token=word&y=1"), "https://h/x?token=***&y=1");
    CHECK_EQ(withoutCredentials("https://h/a@b"), "https://h/a@b");
    std::string many = "https://h/?";
    for (int i = 0; i < 100'000; ++i) {
        many += "token=&";
    }
    CHECK(withoutCredentials(many).size() < 8'192);
}

CUPEL_TEST(what_names_of_files_say)
{
    CHECK_EQ(roleOfName("data/train.csv"), Role::Train);
    CHECK_EQ(roleOfName("X_test.npy"), Role::Test);
    CHECK_EQ(roleOfName("val.csv"), Role::Validation);
    CHECK_EQ(roleOfName("latest.csv"), Role::None);
}

namespace {

Node place(const std::string& path, NodeKind kind = NodeKind::File)
{
    Node node;
    node.id = "file:" + path;
    node.kind = kind;
    node.locator = path;
    return node;
}

CodeFile script(const std::string& path)
{
    CodeFile file;
    file.path = path;
    return file;
}

// A script "a.py" that writes `written`, and one "b.py" that reads `read`.
LineageGraph joined(const std::string& written, const std::string& read, const std::vector<std::string>& disk = {})
{
    std::vector<LineageGraph> pieces(2);
    pieces[0].files.push_back(script("a.py"));
    pieces[1].files.push_back(script("b.py"));
    Node cell;
    cell.id = "cell:a.py";
    cell.kind = NodeKind::Cell;
    pieces[0].nodes = {cell, place(written)};
    pieces[0].edges.push_back({0, 1, EdgeKind::Writes, Certainty::Certain, "r", "w", {}});
    Node model;
    model.id = "model:b.py";
    model.kind = NodeKind::Model;
    pieces[1].nodes = {place(read), model};
    pieces[1].edges.push_back({0, 1, EdgeKind::Trains, Certainty::Certain, "r", "w", {}});
    pieces[1].sources.push_back({0, SourceKind::File, read, {}});
    Training training;
    training.model = 1;
    training.inputs = {0};
    pieces[1].trainings.push_back(training);
    Budget budget;
    return join(std::move(pieces), disk, budget);
}

std::string ruleBetween(const LineageGraph& graph, const std::string& from, const std::string& to)
{
    for (const auto& edge : graph.edges) {
        if (graph.nodes[edge.from].locator == from && graph.nodes[edge.to].locator == to) {
            return edge.rule;
        }
    }
    return {};
}

} // namespace

CUPEL_TEST(what_one_writes_another_reads)
{
    CHECK_EQ(joined("d/x.csv", "d/x.csv").nodes.size(), 3U);
    CHECK_EQ(ruleBetween(joined("d/x.csv", "d"), "d/x.csv", "d"), "join:folder");
    CHECK_EQ(ruleBetween(joined("d/x.csv", "d/*.csv"), "d/x.csv", "d/*.csv"), "join:pattern");
    CHECK_EQ(ruleBetween(joined("d/x.txt", "d/*.csv"), "d/x.txt", "d/*.csv"), "");
    CHECK_EQ(ruleBetween(joined("dd/x.csv", "d"), "dd/x.csv", "d"), "");
    const auto graph = joined("d/x.csv", "d/x.csv");
    REQUIRE(graph.trainings.size() == 1);
    REQUIRE(graph.trainings.front().data.size() == 1);
    CHECK_EQ(graph.nodes[graph.trainings.front().data.front()].locator, "d/x.csv");
}

CUPEL_TEST(what_lies_on_disk)
{
    const auto graph = joined("d/x.csv", "d/y.csv", {"d/x.csv", "m/lost.pkl"});
    const auto named = [&graph](const std::string& path) {
        return *std::find_if(
            graph.nodes.begin(), graph.nodes.end(), [&path](const Node& node) { return node.locator == path; });
    };
    CHECK(named("d/x.csv").onDisk);
    CHECK(!named("d/y.csv").onDisk);
    CHECK(named("m/lost.pkl").orphan);
    CHECK(!named("d/x.csv").orphan);
}

CUPEL_TEST(what_models_are_exposed_to)
{
    std::vector<LineageGraph> pieces(1);
    pieces[0].files.push_back(script("a.py"));
    auto remote = place("https://h/w.bin", NodeKind::Remote);
    remote.unpinned = true;
    pieces[0].nodes = {remote, place("m.pt", NodeKind::ModelFile)};
    pieces[0].edges.push_back({0, 1, EdgeKind::Writes, Certainty::Certain, "r", "w", {}});
    Budget budget;
    const auto graph = join(std::move(pieces), {}, budget);
    REQUIRE(graph.nodes.size() == 2);
    REQUIRE(graph.nodes[1].exposedTo.size() == 1);
    CHECK_EQ(graph.nodes[1].exposedTo.front(), 0U);
    CHECK(graph.nodes[0].exposedTo.empty());
}
