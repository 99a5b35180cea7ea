// SPDX-License-Identifier: GPL-3.0-or-later
// The scanner over whole notebooks: places, pieces, order, comments that allow, limits.
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/secrets/secret_scanner.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <vector>

using namespace cupel;
using test::Letters;

namespace {

std::vector<const Finding*> ofClass(const std::vector<Finding>& findings, std::string_view cls)
{
    std::vector<const Finding*> out;
    for (const auto& finding : findings) {
        if (finding.cls == cls) {
            out.push_back(&finding);
        }
    }
    return out;
}

constexpr std::string_view github = "secret.github-personal-token";

std::string code(std::string_view source)
{
    return test::notebookOf(test::jsonString(source));
}

std::string textAt(const std::string& file, const Finding& finding)
{
    return file.substr(finding.location.bytes.start, finding.location.bytes.size());
}

} // namespace

CUPEL_TEST(theBytesOfTheFindingAreTheToken)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto file = code("import os\nt = '" + token + "'\n");
    const auto analysis = test::analyzed(file);
    const auto found = ofClass(analysis.findings, github);
    REQUIRE(found.size() == 1);
    CHECK_EQ(textAt(file, *found[0]), token);
    CHECK(found[0]->confidence == Confidence::Certain);
    CHECK(found[0]->message.find(token) == std::string::npos);
}

// What an id says of its account is known to its check alone: those of before 2019 name none.
CUPEL_TEST(aHalfClaimsNoAccountThatItsCheckDenies)
{
    const auto idOf = [](char first) { return "AKIA" + std::string(1, first) + std::string("Q7LZ4TNB2WKXH5C"); };
    for (const auto& [id, old] : {std::pair(idOf('I'), true), std::pair(idOf('Y'), false)}) {
        const auto analysis = test::analyzed(code("key = '" + id + "'\n"));
        const auto found = ofClass(analysis.findings, "secret.aws-access-key-id");
        REQUIRE(found.size() == 1);
        CHECK(found[0]->message.find("secret half") != std::string::npos);
        CHECK(found[0]->message.find("account") == std::string::npos);
        std::string notes;
        for (const auto& evidence : found[0]->evidence) {
            notes += evidence.excerpt + '|';
        }
        CHECK_EQ(notes.find("names no account") != std::string::npos, old);
        CHECK_EQ(notes.find("AWS account ending in") != std::string::npos, !old);
    }
}

CUPEL_TEST(partsInSeveralPlacesAreAllMasked)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto file = code("a = '" + token.substr(0, 20) + "'\nb = '" + token.substr(20) + "'\nt = a + b\n");
    const auto analysis = test::analyzed(file);
    REQUIRE(ofClass(analysis.findings, github).size() == 1);
    for (const auto& part : {token.substr(0, 20), token.substr(20)}) {
        const auto start = file.find(part);
        CHECK(std::any_of(analysis.sensitive.begin(), analysis.sensitive.end(),
            [&](ByteRange range) { return range.start <= start && range.end >= start + part.size(); }));
    }
}

CUPEL_TEST(aStringWithEscapesIsReportedOnce)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto analysis = test::analyzed(code("t = \"{\\\"key\\\": \\\"" + token + "\\\"}\"\n"));
    CHECK_EQ(ofClass(analysis.findings, github).size(), 1);
}

CUPEL_TEST(anAddressWithPercentSignsIsReportedOnce)
{
    Letters letters;
    const auto url = "https://x.blob.core.windows.net/a?sv=2018-03-28&sr=b&sig=" + letters.of(test::base62, 20) + "%2B"
        + letters.of(test::base62, 22) + "%3D&se=2019-03-07T11%3A47%3A26Z&sp=r";
    const auto analysis = test::analyzed(code("u = '" + url + "'\n"));
    const auto found = ofClass(analysis.findings, "secret.azure-sas-token");
    REQUIRE(CHECK_EQ(found.size(), 1));
    CHECK(found[0]->severity == Severity::Low); // expired
    CHECK(found[0]->message.find("expired") != std::string::npos);
    CHECK(found[0]->message.find("can use it") == std::string::npos);
}

CUPEL_TEST(emphasisHidesNoToken)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto told = [&](const std::string& text, std::string_view cls, const std::string& value) {
        const auto file = R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )" + test::jsonString(text)
            + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
        const auto analysis = test::analyzed(file);
        const auto found = ofClass(analysis.findings, cls);
        return found.size() == 1 && textAt(file, *found[0]) == value;
    };
    for (const auto* around : {"_", "__", "___", "*", "**", "***"}) {
        const std::string signs = around;
        CHECK(told(signs + token + signs, github, token));
        CHECK(told(signs + "Private data: clone with the token " + token + signs + " or ask", github, token));
        const auto key = letters.of(test::hexDigits, 40);
        CHECK(told("wandb key: " + signs + key + signs + "\n", "secret.wandb-key", key));
        const auto google = "AIza" + letters.of(test::base62, 35); // whose alphabet has the underscore
        CHECK(told(signs + google + signs + ".", "secret.google-api-key", google));
    }
    // A token of one length that holds no underscore ends before one, whatever follows.
    CHECK(told(token + "_old", github, token));
    CHECK(told("see_" + token, github, token));
    CHECK(!told(token + "-old", github, token));
    const auto google = "AIza" + letters.of(test::base62, 35);
    CHECK(!told(google + "_old", "secret.google-api-key", google)); // nobody can tell where it ends
}

CUPEL_TEST(valuesInTheNextLineOrCell)
{
    Letters letters;
    const auto key = letters.of(test::hexDigits, 40);
    for (const auto& text :
        {"<wandbToken>\n    " + key + "\n</wandbToken>", "<td>WANDB_API_KEY</td>\n   <td>" + key + "</td>",
            "<tr><td>wandb key</td><td class=\"x\">" + key + "</td></tr>", "WANDB_API_KEY=`" + key + "`"}) {
        const auto file = code("x = '''\n" + text + "\n'''\n");
        const auto analysis = test::analyzed(file);
        const auto found = ofClass(analysis.findings, "secret.wandb-key");
        REQUIRE(found.size() == 1);
        CHECK_EQ(textAt(file, *found[0]), key);
    }
    const auto value = test::toBase64(letters.of(test::base62, 24));
    const auto secret = "x = '''\napiVersion: v1\nkind: Secret\ndata:\n  # comment\n  key: " + value + "\n'''\n";
    CHECK_EQ(ofClass(test::analyzed(code(secret)).findings, "secret.kubernetes-secret").size(), 1);
}

CUPEL_TEST(allowCommentsOfAllPeers)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    for (const auto* comment :
        {"gitleaks:allow", "betterleaks:allow", "pragma: allowlist secret", "pragma: whitelist secret",
            "trufflehog:ignore", "kingfisher:ignore", "noseyparker:ignore", "cupel:allow", "nosec"}) {
        const auto analysis = test::analyzed(code("t = '" + token + "'  # " + comment + "\nu = 1\n"));
        CHECK(analysis.findings.empty());
        CHECK_EQ(analysis.allowed.size(), 1);
        CHECK(!analysis.sensitive.empty()); // allowed, but still masked
        const auto other = test::analyzed(code("t = '" + token + "'\nu = 1  # " + comment + "\n"));
        CHECK_EQ(ofClass(other.findings, github).size(), 1);
    }
    for (const auto* comment : {"pragma: allowlist nextline secret", "pragma: whitelist nextline secret"}) {
        const auto analysis = test::analyzed(code(std::string("# ") + comment + "\nt = '" + token + "'\n"));
        CHECK(analysis.findings.empty());
        CHECK_EQ(analysis.allowed.size(), 1);
        const auto far = test::analyzed(code(std::string("# ") + comment + "\nx = 1\nt = '" + token + "'\n"));
        CHECK_EQ(ofClass(far.findings, github).size(), 1);
    }
}

CUPEL_TEST(aTokenAcrossPiecesIsFoundOnce)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    constexpr std::size_t piece = 1 << 20;
    std::string filler;
    while (filler.size() < piece + 100'000) {
        filler += "x = compute(1)  # a line\n";
    }
    for (const std::size_t at :
        {piece - 45, piece - 20, piece - 1, piece, piece + 5, piece - 8'192, piece - 8'230, piece - 8'170}) {
        auto text = filler;
        const auto line = "\nt = '" + token + "'\n";
        text.insert(at, line);
        const auto file = code(text);
        const auto found = test::analyzed(file);
        const auto list = ofClass(found.findings, github);
        REQUIRE(CHECK_EQ(list.size(), 1));
        CHECK_EQ(textAt(file, *list[0]), token);
        auto wrapped = filler;
        wrapped.insert(at, "\nt = '" + test::toBase64("key = " + token) + "'\n");
        CHECK_EQ(ofClass(test::analyzed(code(wrapped)).findings, github).size(), 1);
        auto folded = filler;
        folded.insert(at, "\nt = '" + token.substr(0, 9) + "' '" + token.substr(9) + "'\n");
        CHECK_EQ(ofClass(test::analyzed(code(folded)).findings, github).size(), 1);
    }
}

CUPEL_TEST(orderIsTheSameOnEveryRun)
{
    Letters letters;
    std::string text;
    for (int i = 0; i < 40; ++i) {
        text += "t" + std::to_string(i) + " = '" + test::githubToken(letters) + "'\npassword = 'Zq8rT2v"
            + letters.of(test::base62, 9) + "'\n";
    }
    const auto file = code(text);
    const auto first = test::analyzed(file);
    const auto second = test::analyzed(file);
    CHECK(first.findings.size() >= 80);
    CHECK(std::is_sorted(first.findings.begin(), first.findings.end(), comesBefore));
    REQUIRE(first.findings.size() == second.findings.size());
    for (std::size_t i = 0; i < first.findings.size(); ++i) {
        CHECK_EQ(first.findings[i].fingerprint, second.findings[i].fingerprint);
        CHECK_EQ(first.findings[i].rule, second.findings[i].rule);
    }
}

CUPEL_TEST(oneSecretManyWords)
{
    Letters letters;
    const auto key = letters.of(test::hexDigits, 40);
    Budget budget;
    std::optional<std::uint64_t> givenUpAt;
    const auto text = "wandb wandb_key WANDB_API_KEY wandb = '" + key + "'\n";
    const auto found = rules::secrets::scanText(text, {}, budget, givenUpAt);
    REQUIRE(CHECK_EQ(found.size(), 1));
    CHECK_EQ(found[0].row->id.view(), "wandb-key");
    CHECK(!givenUpAt);
}

CUPEL_TEST(theMoreSpecificRowNames)
{
    Letters letters;
    Budget budget;
    std::optional<std::uint64_t> givenUpAt;
    const auto key = letters.of(test::hexDigits, 40);
    // Lines of .env and YAML: the generic rows give way to the provider's.
    for (const auto& text :
        {"WANDB_API_KEY=" + key + "\n", "export WANDB_API_KEY=" + key + "\n", "wandb_api_key: " + key + "\n"}) {
        const auto found = rules::secrets::scanText(text, {}, budget, givenUpAt);
        REQUIRE(CHECK_EQ(found.size(), 1));
        CHECK_EQ(found[0].row->id.view(), "wandb-key");
    }
}

CUPEL_TEST(limitsStopTheScan)
{
    Letters letters;
    std::string text;
    for (int i = 0; i < 5'000; ++i) {
        text += "t = '" + test::githubToken(letters) + "'\n";
    }
    std::stop_source stop;
    stop.request_stop();
    Budget budget(Limits(), stop.get_token());
    std::optional<std::uint64_t> givenUpAt;
    const auto found = rules::secrets::scanText(text, {}, budget, givenUpAt);
    CHECK(givenUpAt.has_value());
    CHECK(found.size() < 5'000);
}

CUPEL_TEST(aSearchThatIsGivenUpIsTold)
{
    // Every brace of a JSON web key may be where it starts, and every "kty" the one that counts.
    std::string hostile = "first line\n{";
    for (int i = 0; i < 300; ++i) {
        hostile += "\"kty\":\"EC\" ";
    }
    std::optional<std::uint64_t> givenUpAt;
    Budget budget;
    CHECK(rules::secrets::scanText(hostile, {}, budget, givenUpAt).empty());
    REQUIRE(givenUpAt.has_value());
    CHECK(hostile.substr(*givenUpAt).starts_with("\"kty\""));
    // The place is one of the file, also behind escapes.
    Letters letters;
    const auto file = test::notebookOf(test::jsonString("token = '" + test::githubToken(letters) + "'\n" + hostile));
    const auto analysis = test::analyzed(file);
    const auto at = test::gapAt(analysis, "search-limit");
    REQUIRE(at.has_value());
    CHECK(file.substr(*at).starts_with("\\\"kty"));
    CHECK_EQ(analysis.findings.size(), 1);
    Workspace workspace;
    workspace.analyses["t.ipynb"] = std::make_shared<const Analysis>(analysis);
    CHECK(summarize(workspace).incomplete);
}

CUPEL_TEST(gapsAreToldOnce)
{
    Letters letters;
    std::string cell = "a = '" + std::string(80'000, 'y') + "'\nt = a + 'x'\nt = a + 'x'\n";
    const auto analysis = test::analyzed(test::notebookOf(test::jsonString(cell)));
    CHECK(test::gapAt(analysis, "folding-limit").has_value());
    CHECK_EQ(std::count_if(analysis.facts.diagnostics.begin(), analysis.facts.diagnostics.end(),
                 [](const Diagnostic& one) { return one.level == DiagnosticLevel::Incomplete; }),
        1);
}

CUPEL_TEST(anIdWithoutItsSecretOpensNothing)
{
    Letters letters;
    const auto id = std::string("AK") + "IA" + letters.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
    const auto alone = test::analyzed(code("ACCESS = '" + id + "'\nSECRET = 'XXXXX'\n"));
    const auto found = ofClass(alone.findings, "secret.aws-access-key-id");
    REQUIRE(CHECK_EQ(found.size(), 1));
    CHECK(found[0]->severity == Severity::Medium);
    CHECK(found[0]->message.find("can use it") == std::string::npos);
    const auto pair =
        test::analyzed(code("aws_key_id = '" + id + "'\naws_secret = 'aB3" + letters.of(test::base62, 37) + "'\n"));
    const auto both = ofClass(pair.findings, "secret.aws-access-key-id");
    REQUIRE(CHECK_EQ(both.size(), 1));
    CHECK(both[0]->severity == Severity::Critical);
    // The catalogue says the same of the id as the finding: medium, and that it cannot act alone.
    for (const char* rule : {"CUP-SEC-AWS-ACCESS-KEY-ID", "CUP-SEC-AWS-TEMPORARY-KEY-ID", "CUP-SEC-AWS-OTHER-KEY-ID"}) {
        const auto* info = rules::findRule(rule);
        REQUIRE(info != nullptr);
        CHECK(info->severity == Severity::Medium);
        CHECK(info->whatHappens.find("Alone it opens nothing") != std::string::npos);
    }
    const auto* key = rules::findRule("CUP-SEC-AWS-SECRET-ACCESS-KEY");
    REQUIRE(key != nullptr);
    CHECK(key->severity == Severity::Critical);
    CHECK(key->whatHappens.find("can act at") != std::string::npos);
    const auto temporary = test::analyzed(
        code("ACCESS = 'AS" + std::string("IA") + letters.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16) + "'\n"));
    const auto ended = ofClass(temporary.findings, "secret.aws-temporary-key-id");
    REQUIRE(CHECK_EQ(ended.size(), 1));
    CHECK(ended[0]->message.find("can use it") == std::string::npos);
}

namespace {

// The classes of the password findings in one text, with how sure they are.
std::string passwordIn(std::string_view cellType, const std::string& text)
{
    const auto outputs = cellType == "code" ? R"("outputs": [], "execution_count": 1, )" : "";
    const auto file = R"({"cells": [{"cell_type": ")" + std::string(cellType) + R"(", "metadata": {}, )" + outputs
        + R"("source": )" + test::jsonString(text) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = test::analyzed(file);
    std::string out;
    for (const auto& finding : analysis.findings) {
        if (finding.family == Family::Secret) {
            out += (out.empty() ? "" : " ") + finding.cls.substr(7) + ':' + std::string(toString(finding.confidence));
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(passwordsOfConnectionStrings)
{
    Letters letters;
    const auto value = "aB3" + letters.of(test::base62, 10);
    const auto other = "xY7" + letters.of(test::base62, 10);
    CHECK_EQ(passwordIn("code", "c = psycopg2.connect('host=db1 user=admin password=" + value + "')"),
        "dsn-password:certain");
    CHECK_EQ(passwordIn("raw", "dbname=x host = db1 port=5432 password = '" + value + "' sslmode=require"),
        "dsn-password:certain");
    CHECK_EQ(passwordIn("raw", "password=" + value + " host=db1"), "dsn-password-first:likely");
    // Each of several in one line of sight is found, not the first over and over.
    CHECK_EQ(passwordIn("raw", "host=db1 password=" + value + "\nhost=db2 password=" + other),
        "dsn-password:certain dsn-password:certain");
    for (const auto* quiet : {"f'host={h} user={u} password={p}'", "'host=%s user=%s password=%s' % x",
             "'host=db1 user=admin password=' + secret", "connect(host=db1, user=admin, password=word)",
             "'host=db1 user=admin password=$PGPASS'"}) {
        CHECK_EQ(passwordIn("code", quiet), "");
    }
    CHECK_EQ(passwordIn("raw", "host=db1 user=admin password=password"), "dsn-password:possible");
}

CUPEL_TEST(passwordsInWords)
{
    Letters letters;
    const auto value = "aB3" + letters.of(test::base62, 10);
    for (const auto& [type, text] : {std::pair<const char*, std::string>{"code", "# password: " + value},
             {"code", "x = 1  # the old one, password=" + value}, {"code", "d = 'admin, password=" + value + "'"},
             {"markdown", "Login: admin, password: " + value}, {"markdown", "- **Password:** `" + value + "`"},
             {"markdown", "The password is " + value + ". Do not tell."}, {"raw", "Passwort lautet " + value}}) {
        if (!CHECK_EQ(passwordIn(type, text), "written-password:likely")) {
            test::report(false, __FILE__, __LINE__, text.substr(0, text.size() - value.size()));
        }
    }
    CHECK_EQ(passwordIn("markdown", "the passwd = hunt3r9, as ever"), "written-password-weak:possible");
    for (const auto* quiet : {"connect(user, password=Value1of2)", "password = Value1of2 if x else y",
             "# password: os.environ['DB_PW1']", "# password: see https://example.net/Page1", "# password: 12345678",
             "# password: your_password1", "# password: correct horse battery"}) {
        CHECK_EQ(passwordIn("code", quiet), "");
    }
    CHECK_EQ(passwordIn("markdown", "Password: at least 8 characters. Password strength: high1"), "");
}

CUPEL_TEST(whatHasEndedNeedsNoRevoking)
{
    Letters letters;
    const auto live = test::analyzed(code("t = '" + test::githubToken(letters) + "'\n"));
    REQUIRE(ofClass(live.findings, github).size() == 1);
    CHECK(!ofClass(live.findings, github)[0]->arguments.contains("revocable"));
    const auto id = std::string("AK") + "IA" + letters.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
    const auto half = test::analyzed(code("ACCESS = '" + id + "'\nSECRET = 'XXXXX'\n"));
    const auto found = ofClass(half.findings, "secret.aws-access-key-id");
    REQUIRE(found.size() == 1);
    CHECK(found[0]->arguments.contains("revocable"));
    const auto old = test::analyzed(code(
        "t = '" + test::jwt(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"u1","exp":1500000000})", letters) + "'\n"));
    const auto ended = ofClass(old.findings, "secret.jwt");
    REQUIRE(ended.size() == 1);
    CHECK(ended[0]->arguments.contains("revocable"));
}

// The names say what they are, wherever a tool keeps them; numbers that name things are none.
CUPEL_TEST(metadataKeepsWhatARunWasGiven)
{
    Letters letters;
    const auto password = "Xk" + letters.of("23456789", 2) + "!mm" + letters.of(test::base62, 3);
    const auto key = letters.of(test::hexDigits, 32);
    const std::string names =
        R"({"password": ")" + password + R"(", "db_password": ")" + password + R"(", "api_key": ")" + key + R"("})";
    const auto silent = R"({"token": "0b1c2d3e-4f5a-6b7c-8d9e-0f1a2b3c4d5e", "id": ")" + key + R"("})";
    const auto notebook = [](const std::string& cell, const std::string& whole) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": )" + cell
            + R"(, "outputs": [], "source": []}], "metadata": )" + whole + R"(, "nbformat": 4, "nbformat_minor": 4})";
    };
    const auto secrets = [](const std::string& file) {
        const auto analysis = test::analyzed(file);
        return std::count_if(analysis.findings.begin(), analysis.findings.end(),
            [](const Finding& finding) { return finding.family == Family::Secret; });
    };
    CHECK_EQ(secrets(notebook(R"({"my": )" + names + "}", "{}")), 3);
    CHECK_EQ(secrets(notebook("{}", R"({"papermill": {"parameters": )" + names + "}}")), 3);
    CHECK_EQ(secrets(notebook(silent, R"({"papermill": {"parameters": )" + silent + "}}")), 0);
    // Too weak to be found, and still nobody's to read.
    const auto analysis =
        test::analyzed(notebook("{}", R"({"papermill": {"parameters": {"user": "anna", "db_password": "qwer"}}})"));
    REQUIRE(CHECK_EQ(analysis.findings.size(), 1));
    const auto& shown = analysis.findings[0].evidence[0].excerpt;
    CHECK(shown.find("anna") != std::string::npos && shown.find("qwer") == std::string::npos);
}

CUPEL_TEST(aValueThatWasFoundIsShownNowhereInItsFile)
{
    Letters letters;
    const auto password =
        "S" + letters.of("23456789", 1) + "cr" + letters.of("23456789", 2) + "tPw" + letters.of("89", 2);
    const auto file =
        code("u = 'postgresql://etl:" + password + "@db.contoso.com/x'\nimport pickle\npickle.load(open('/data/"
            + password + ".pkl', 'rb'))\nrequests.get(u + '" + password + "', verify=False)\n");
    const auto analysis = test::analyzed(file);
    CHECK(analysis.findings.size() >= 3);
    for (const auto& finding : analysis.findings) {
        CHECK(finding.message.find(password) == std::string::npos);
        for (const auto& evidence : finding.evidence) {
            CHECK(evidence.excerpt.find(password) == std::string::npos);
        }
    }
    // What a program prints of a token without the mark of its issuer is the token.
    const auto token = test::githubToken(letters);
    const auto cut =
        test::analyzed(code("t = '" + token + "'\nrequests.get('" + token.substr(4) + "', verify=False)\n"));
    for (const auto& finding : cut.findings) {
        CHECK(finding.evidence[0].excerpt.find(token.substr(4)) == std::string::npos);
    }
}
