// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data in texts: every class by its line of tests/golden/rules/pii/values.tsv, what must stay silent, what
// context changes, and that nothing found is shown in clear.
#include "analyzers/rules/pii/pii_row.h"
#include "analyzers/rules/pii/validator.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

using namespace cupel;

namespace {

std::string unescaped(std::string text)
{
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at + 1)) {
        text.replace(at, 2, "\n");
    }
    return text;
}

const Finding* findingOf(const Analysis& analysis, std::string_view rule)
{
    const auto hit = std::find_if(
        analysis.findings.begin(), analysis.findings.end(), [rule](const Finding& f) { return f.rule == rule; });
    return hit == analysis.findings.end() ? nullptr : &*hit;
}

std::size_t piiFindings(const Analysis& analysis)
{
    return static_cast<std::size_t>(std::count_if(
        analysis.findings.begin(), analysis.findings.end(), [](const Finding& f) { return f.family == Family::Pii; }));
}

Analysis textOf(const std::string& text)
{
    return test::analyzed(text, "t.txt");
}

} // namespace

CUPEL_TEST(everyClassHasAGoodAndABadText)
{
    std::ifstream table(std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules/pii/values.tsv");
    REQUIRE(table.good());
    std::set<std::string> covered;
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::istringstream fields(line);
        std::string rule;
        std::string bad;
        std::string good;
        std::getline(fields, rule, '\t');
        std::getline(fields, bad, '\t');
        std::getline(fields, good, '\t');
        covered.insert(rule);
        if (!findingOf(textOf(unescaped(bad)), rule)) {
            test::report(false, __FILE__, __LINE__, rule + " is not found");
        }
        if (findingOf(textOf(unescaped(good)), rule)) {
            test::report(false, __FILE__, __LINE__, rule + " is found where it is not");
        }
    }
    for (const auto& row : rules::pii::rows()) {
        std::string id = "CUP-PII-" + std::string(row.id);
        std::transform(id.begin(), id.end(), id.begin(),
            [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        if (!covered.contains(id)) {
            test::report(false, __FILE__, __LINE__, "no line for " + id);
        }
    }
}

// Among very many numbers the words of a text are looked for before any of them needs them: nothing is lost by that.
CUPEL_TEST(valuesAreFoundInACrowd)
{
    std::ifstream table(std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules/pii/values.tsv");
    REQUIRE(table.good());
    std::string crowd;
    for (int i = 0; i < 1'000; ++i) {
        crowd += "=" + std::to_string(i) + "_\n";
    }
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        const auto rule = line.substr(0, line.find('\t'));
        const auto bad = line.substr(rule.size() + 1, line.find('\t', rule.size() + 1) - rule.size() - 1);
        if (!findingOf(textOf(crowd + "\n" + unescaped(bad)), rule)) {
            test::report(false, __FILE__, __LINE__, rule + " is not found behind many numbers");
        }
    }
}

CUPEL_TEST(breadthIsKept)
{
    std::set<std::string_view> countries;
    std::size_t validated = 0;
    for (const auto& row : rules::pii::rows()) {
        if (!row.country.empty()) {
            countries.insert(row.country);
        }
        validated += row.checks.empty() ? 0 : 1;
    }
    CHECK(rules::pii::rows().size() >= 250);
    CHECK(countries.size() >= 70);
    CHECK(validated >= 150);
}

CUPEL_TEST(contextDecides)
{
    // A bare number with right check digits is nothing; behind its name it is certain.
    CHECK_EQ(piiFindings(textOf("total 53857632436 items")), 0U);
    const auto named = textOf("TC Kimlik No: 53857632436");
    const auto* found = findingOf(named, "CUP-PII-TR-KIMLIK");
    REQUIRE(found != nullptr);
    CHECK(found->confidence == Confidence::Certain);
    CHECK(found->severity == Severity::High);
    // The name of a variable is context as well.
    CHECK(findingOf(test::analyzed("customer_ssn = \"536-90-4399\"\n", "a.py"), "CUP-PII-US-SSN") != nullptr);
    CHECK(findingOf(test::analyzed("kimlikNo = 53857632436\n", "a.py"), "CUP-PII-TR-KIMLIK") != nullptr);
    // A card with its groups stands for itself, without them it is only possible.
    const auto grouped = textOf("paid by 6011 6011 6011 6611");
    const auto* card = findingOf(grouped, "CUP-PII-PAYMENT-CARD");
    REQUIRE(card != nullptr);
    CHECK(card->confidence == Confidence::Likely);
    const auto bare = textOf("answer 6011601160116611");
    card = findingOf(bare, "CUP-PII-PAYMENT-CARD");
    REQUIRE(card != nullptr);
    CHECK(card->confidence == Confidence::Possible && card->severity == Severity::Low);
    // So many digits are what programs count up to: only a word says what they are.
    CHECK(findingOf(textOf("numéro de sécurité sociale 150077710195188"), "CUP-PII-FR-NIR") != nullptr);
    CHECK(findingOf(textOf("answer 150072A10195105"), "CUP-PII-FR-NIR") != nullptr); // of Corsica: no number
    CHECK(findingOf(textOf("amex 369761800782619"), "CUP-PII-PAYMENT-CARD") != nullptr);
    // Structure without the right check character: possible at most.
    const auto typo = textOf("codice fiscale: RSSMRA80A01H501X");
    const auto* fiscal = findingOf(typo, "CUP-PII-IT-FISCAL-CODE");
    REQUIRE(fiscal != nullptr);
    CHECK(fiscal->confidence == Confidence::Possible);
}

CUPEL_TEST(silentOnWhatIsNone)
{
    for (const char* text :
        {"loss 0.5385763243653857632436 at 1e-05",
            "sha 4a44dc15364204a80fe80e9039455cc1608281820fe2b24f1e5233ade6af1dd5",
            "id 53857632-4365-3857-6324-365385763243", "2024-03-17 12:34:56.789012", "card 4111 1111 1111 1111",
            "version 1.2.3.4 and numpy==1.26.4", "x[::2], y[1::2], z[::-1], std::cout",
            "noreply@example.com git@github.com:a/b.git jane@example.org", "A@B.T @dataclass x@y.mean()",
            "https://user:word@host.example.com/x", "a@b.com", "GB82 WEST 1234 5698 7654 32",
            "[[12345, 67890], [23456, 78901]]", "page 10115 of 22085", "passed: 131052-308X",
            "ratio 1:2:3:4, port 80:443, time 12:34:56", "Broadcast FF:FF:FF:FF:FF:FF", "logged 1612881042710",
            "answer(7.2, 150077710195188, lambda: solve())", "Puzzle 5.2: 0.0 msec, correct answer: 369761800782619"}) {
        const auto analysis = textOf(text);
        if (piiFindings(analysis) != 0) {
            test::report(false, __FILE__, __LINE__, std::string(text) + " gives " + analysis.findings.front().rule);
        }
    }
}

// Lists of packages and logs of installers hold four numbers with dots between them, which are no address.
CUPEL_TEST(versionsAreNoAddresses)
{
    for (const char* text : {"Package            Version\n------------------ --------\nnumpy              1.24.3\n"
                             "nvidia-cublas-cu12 12.1.3.1\nfoo                4.8.0.76\n",
             "nvidia-cublas-cu12       12.1.3.1\n",
             "opencv-python             4.8.0.76                 pypi_0    pypi\n",
             "ipykernel      6.25.0\nqtbits         45.10.3.66\nrequests       2.31.0\n",
             "numpy     : 1.24.3\nfoo       : 44.8.0.76\n", "{'numpy': '1.24.3', 'opencv-python': '4.8.0.76'}",
             "Kernel: 5.15.120.1", "CUDA Driver 525.105.17.3", "Linux box 5.15.133.1-microsoft-standard-WSL2 #1",
             "Found existing installation: foo 44.8.0.76", "Successfully installed foo-44.8.0.76 numpy-1.24.3",
             "Requirement already satisfied: foo in ./lib (44.8.0.76)", "Setting up libfoo8 (8.5.0.96-1+cuda11.7) ...",
             "dependencies:\n  - opencv=4.8.0.76=py38_0\n", "Package,Version\nfoo,44.8.0.76\nbar,44.9.0.76\n",
             "| Package | Version |\n|---|---|\n| foo | 44.8.0.76 |\n", "Java 1.8.0.292 on linux; R version 4.2.1.5"}) {
        if (findingOf(textOf(text), "CUP-PII-IP-ADDRESS") != nullptr) {
            test::report(false, __FILE__, __LINE__, std::string(text) + " is said to hold an address");
        }
    }
    for (const char* text : {"PING example.net (142.250.1.10) 56 data bytes", "web01   52.14.3.9\nweb02   52.14.3.10\n",
             "host  ip  load\nweb01 52.14.3.9  0.5\n", "user  addr  version\na 91.198.174.192 1.2.3\n",
             "public address   91.198.174.192\nuptime 3.2.1\n", "curl http://91.198.174.192/x",
             "ssh root@91.198.174.192", "52.14.3.9 - - [10/Oct/2000:13:55:36] \"GET / HTTP/1.0\" 200",
             R"({"ip": "91.198.174.192", "python": "3.8.1"})"}) {
        if (findingOf(textOf(text), "CUP-PII-IP-ADDRESS") == nullptr) {
            test::report(false, __FILE__, __LINE__, std::string(text) + " holds an address");
        }
    }
}

CUPEL_TEST(nothingIsShownInClear)
{
    const std::string card = "6011 6011 6011 6611";
    const std::string mail = "jane.doe@charite.de";
    const auto analysis = textOf("card number " + card + " of " + mail + ", phone +49 30 12345678\n");
    CHECK_EQ(piiFindings(analysis), 3U);
    for (const auto& finding : analysis.findings) {
        for (const auto& evidence : finding.evidence) {
            CHECK(evidence.excerpt.find(card) == std::string::npos);
            CHECK(evidence.excerpt.find("jane") == std::string::npos);
            CHECK(evidence.excerpt.find("12345678") == std::string::npos);
        }
        CHECK(finding.message.find("6011") == std::string::npos);
    }
    CHECK_EQ(analysis.sensitive.size(), 3U);
}

CUPEL_TEST(allowCommentsOfThePeersCount)
{
    for (const char* comment : {"pragma: allowlist secret", "gitleaks:allow", "nosec", "cupel:allow"}) {
        const auto analysis =
            test::analyzed("mail = \"jane.doe@charite.de\"  # " + std::string(comment) + "\n", "a.py");
        CHECK_EQ(piiFindings(analysis), 0U);
        CHECK_EQ(analysis.allowed.size(), 1U);
    }
}

CUPEL_TEST(repetitionIsOneFinding)
{
    std::string log;
    for (int i = 0; i < 40; ++i) {
        log += "sent to user" + std::to_string(i) + "@uni-bonn.de from 10.0.0." + std::to_string(i) + "\n";
    }
    const auto analysis = textOf(log);
    CHECK_EQ(piiFindings(analysis), 2U);
    const auto* mail = findingOf(analysis, "CUP-PII-EMAIL");
    REQUIRE(mail != nullptr);
    CHECK_EQ(mail->arguments.at("count"), std::string("40"));
    const auto places =
        std::count_if(mail->evidence.begin(), mail->evidence.end(), [](const Evidence& e) { return e.role == "also"; });
    CHECK_EQ(places, 39);
    CHECK_EQ(analysis.sensitive.size(), 40U);
}

CUPEL_TEST(namesNeedATitleAndADictionary)
{
    CHECK(findingOf(textOf("Dear Mrs. Jane Miller, thank you"), "CUP-PII-PERSON-NAME") != nullptr);
    CHECK(findingOf(textOf("Patient: Jane Miller"), "CUP-PII-PERSON-NAME") != nullptr);
    CHECK_EQ(piiFindings(textOf("Dear Reader, Dr. Strange and Mr. Robot")), 0U);
    CHECK_EQ(piiFindings(textOf("name: Random Forest")), 0U);
}

CUPEL_TEST(hostileTextIsBounded)
{
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "iban a@b.de 192.168.1.1 ::1 passport A1234567 ";
    }
    const auto analysis = textOf(text);
    CHECK(analysis.facts.status == ReadStatus::Complete);
    CHECK(piiFindings(analysis) > 0);
    CHECK_EQ(piiFindings(textOf(std::string(1 << 20, '1'))), 0U);
    CHECK_EQ(piiFindings(textOf(std::string(1 << 20, '@'))), 0U);
    CHECK_EQ(piiFindings(textOf(std::string(1 << 20, ':'))), 0U);
}

CUPEL_TEST(coloursAreNoPartOfValues)
{
    const auto plain = textOf("mail: karla.huber@firma-weber.de\n\ncard: 4556737586899855\n");
    const auto coloured =
        textOf("mail: \x1b[32mkarla.huber@firma-weber.de\x1b[0m\n\ncard: \x1b[1;36m45567375\x1b[0m\x1b[1m86899855\n");
    const auto unseen = textOf("mail: karla\u200b.huber@firma\u200b-weber.de\n\ncard: 4556737\u200b586899855\n");
    REQUIRE(piiFindings(plain) == 2);
    for (const auto* analysis : {&coloured, &unseen}) {
        REQUIRE(analysis->findings.size() >= 2);
        for (const auto* rule : {"CUP-PII-EMAIL", "CUP-PII-PAYMENT-CARD"}) {
            const auto* finding = findingOf(*analysis, rule);
            REQUIRE(finding != nullptr);
            CHECK_EQ(finding->location.line, findingOf(plain, rule)->location.line);
        }
    }
}

CUPEL_TEST(addressesThatAreSpelledOut)
{
    const auto placeOf = [](const std::string& text) {
        const auto analysis = test::analyzed(text, "t.txt");
        for (const auto& finding : analysis.findings) {
            if (finding.rule == "CUP-PII-EMAIL") {
                CHECK(finding.confidence <= Confidence::Likely);
                CHECK_EQ(finding.cls, "pii.email");
                CHECK(finding.fix.has_value());
                return std::string(slice(text, finding.location.bytes));
            }
        }
        return std::string("none");
    };
    CHECK_EQ(placeOf("By R.J. Karlsson (rjk at gmail.com)"), "rjk at gmail.com");
    CHECK_EQ(placeOf("Ask x at gmail.com about it."), "x at gmail.com");
    CHECK_EQ(placeOf("Ann Karlsson (ann.k at physics.uu.se), 2019"), "ann.k at physics.uu.se");
    CHECK_EQ(placeOf("write to ann.karlsson [at] uppsala dot se."), "ann.karlsson [at] uppsala dot se");
    CHECK_EQ(placeOf("ann(at)uppsala.se"), "ann(at)uppsala.se");
    CHECK_EQ(placeOf("ann [dot] karlsson {at} cs [dot] uppsala [dot] se"),
        "ann [dot] karlsson {at} cs [dot] uppsala [dot] se");
    CHECK_EQ(placeOf("ann AT uppsala DOT se dot and more"), "ann AT uppsala DOT se");
    for (const char* text : {"look at github.com", "The code is available at kaggle.com.", "more at yahoo.com today",
             "Jane Doe (engineer at google.com)", "a matrix at y.shape", "values[at] x.y", "df.at [row]",
             "at gmail.com", "ann at gmail", "see it at (dot) com", "ann (at) example.com", "(more at lab.edu)",
             "Ann K (see at lab.edu)", "meet me at three dot five"}) {
        if (!CHECK_EQ(placeOf(text), "none")) {
            test::report(false, __FILE__, __LINE__, text);
        }
    }
}

CUPEL_TEST(authorsOfGitAreNamed)
{
    const std::string log = "commit 1\nAuthor: Robert Lindqvist <robert@unibe.org>\nDate: now\n";
    const auto analysis = textOf(log);
    const auto* person = findingOf(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(person != nullptr);
    CHECK_EQ(log.substr(person->location.bytes.start, person->location.bytes.size()), std::string("Robert Lindqvist"));
    const auto* address = findingOf(analysis, "CUP-PII-EMAIL"); // of its own class, so that it gets its own name
    REQUIRE(address != nullptr);
    CHECK_EQ(
        log.substr(address->location.bytes.start, address->location.bytes.size()), std::string("robert@unibe.org"));
    CHECK(person->confidence == Confidence::Certain && address->confidence == Confidence::Certain);
    // A host that nobody knows: the address names a person all the same.
    CHECK(findingOf(textOf("Author: Robert Lindqvist <robert@mybook.local>"), "CUP-PII-EMAIL") != nullptr);
    CHECK(findingOf(textOf("Author: Robert Johnson"), "CUP-PII-PERSON-NAME") != nullptr);
    CHECK(findingOf(textOf("git config --global user.name 'Robert Johnson'"), "CUP-PII-PERSON-NAME") != nullptr);
    CHECK(findingOf(textOf("user.name=Robert Johnson"), "CUP-PII-PERSON-NAME") != nullptr);
    CHECK(findingOf(textOf("git config user.name \"Your Name\""), "CUP-PII-PERSON-NAME") == nullptr);
    CHECK(findingOf(textOf("Author: Open Source Team"), "CUP-PII-PERSON-NAME") == nullptr);
}

// Lists of passengers and members: what stands in front of the comma is the name as well.
CUPEL_TEST(aSurnameInFrontOfATitleIsOfTheName)
{
    const auto nameIn = [](const std::string& text) {
        const auto analysis = textOf(text);
        const auto* person = findingOf(analysis, "CUP-PII-PERSON-NAME");
        return person ? std::string(slice(text, person->location.bytes)) : std::string("none");
    };
    CHECK_EQ(nameIn("Smith, Mr. Peter Alan"), "Smith, Mr. Peter Alan");
    CHECK_EQ(nameIn("12  Gonzalez, Ms. Maria"), "Gonzalez, Ms. Maria");
    CHECK_EQ(nameIn("met van der Berg, Dr. Jan, there"), "met van der Berg, Dr. Jan" + 4);
    CHECK_EQ(nameIn("Kowalski, Dr. Jan"), "Kowalski, Dr. Jan");
    CHECK_EQ(nameIn("Yesterday, Mr. Peter Miller said"), "Peter Miller");
    CHECK_EQ(nameIn("It was late, Mr. Peter Miller said"), "Peter Miller");
    CHECK_EQ(nameIn("see Kitchen, Dr. Strange"), "none");
    CHECK_EQ(nameIn("In Berlin, Dr. Peter Weber spoke"), "Peter Weber");
    CHECK_EQ(nameIn("Regards, Dr. Peter Weber"), "Peter Weber");
    CHECK_EQ(nameIn("\xE4\xBB\x8A\xE5\xA4\xA9 Smith, Mr. Peter Alan"), "Smith, Mr. Peter Alan");
    // Each of several people in a row is one.
    const auto row = textOf("Mr. Paul Smith, Mrs. Jane Novak, Dr. Peter Weber met");
    REQUIRE(findingOf(row, "CUP-PII-PERSON-NAME") != nullptr);
    CHECK_EQ(piiFindings(row), 3U);
}

CUPEL_TEST(whoStandsBesideAnAddressIsNamed)
{
    const auto nameIn = [](const std::string& text) {
        const auto analysis = textOf(text);
        const auto* person = findingOf(analysis, "CUP-PII-PERSON-NAME");
        return person ? std::string(slice(text, person->location.bytes)) : std::string("none");
    };
    CHECK_EQ(nameIn("By R.J. Karlsson (rjkarlsson at gmail.com)"), "R.J. Karlsson");
    CHECK_EQ(nameIn("contact: Ingrid van Aalsmeer <i.aalsmeer@unibe.org>"), "Ingrid van Aalsmeer");
    CHECK_EQ(nameIn("written by Robert Lindqvist (robert@unibe.org)."), "Robert Lindqvist");
    // Two words of the address are the words in front of it: a name in any language, with or without brackets.
    CHECK_EQ(nameIn("Dr. Hroswitha Brunzel <hroswitha.brunzel@unibe.org>"), "Dr. Hroswitha Brunzel");
    CHECK_EQ(nameIn("ask Hroswitha Brunzel, brunzelh.hroswitha@unibe.org"), "none");
    CHECK_EQ(nameIn("questions to Hroswitha Brunzel, hroswitha_brunzel2@unibe.org"), "Hroswitha Brunzel");
    CHECK_EQ(nameIn("Owner: Hroswitha Brunzel | brunzel.hroswitha@unibe.org"), "Hroswitha Brunzel");
    for (const char* text : {"Data Team <data.team@unibe.org>", "Open Source, open.source@unibe.org",
             "Read Brunzel Paper, hroswitha@unibe.org", "Support Desk (helpdesk@unibe.org)",
             "the list (robert@unibe.org)", "Robert (robert@unibe.org)", "Data Science Team <science@unibe.org>"}) {
        CHECK_EQ(nameIn(text), "none");
    }
    // Two grounds make an address that is spelled out more than possible: a provider, and a name in front of it.
    const auto sure = textOf("By R.J. Karlsson (rjk at gmail.com)");
    CHECK(findingOf(sure, "CUP-PII-EMAIL")->confidence == Confidence::Likely);
    const auto weak = textOf("Ask x at gmail.com about it.");
    CHECK(findingOf(weak, "CUP-PII-EMAIL")->confidence == Confidence::Possible);
}

CUPEL_TEST(emphasisIsNoPartOfAnAddress)
{
    const auto mailIn = [](const std::string& text) {
        const auto analysis = textOf(text);
        const auto* mail = findingOf(analysis, "CUP-PII-EMAIL");
        return mail ? std::string(slice(text, mail->location.bytes)) : std::string("none");
    };
    for (const std::string signs : {"_", "__", "*", "**"}) {
        CHECK_EQ(mailIn("Ask " + signs + "r.karlsson@unibe.org" + signs + " about it."), "r.karlsson@unibe.org");
    }
    CHECK_EQ(mailIn("Ask _r_karlsson@unibe.org about it."), "_r_karlsson@unibe.org"); // may begin with one
}

CUPEL_TEST(theNameOfAnAddressIsAnAccountToo)
{
    const auto notebook = [](const std::string& printed) {
        return R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "Mail rkarlsson@unibe.org"},)"
               R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "!git remote -v", "outputs": [)"
               R"({"output_type": "stream", "name": "stdout", "text": )"
            + test::jsonString(printed) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const auto bytes = notebook("origin\tgit@github.com:rkarlsson/demo.git (fetch)\n");
    const auto analysis = test::analyzed(bytes);
    const auto* account = findingOf(analysis, "CUP-PII-USER-NAME");
    REQUIRE(account != nullptr);
    CHECK_EQ(std::string(slice(bytes, account->location.bytes)), "rkarlsson");
    CHECK(account->confidence == Confidence::Likely && account->fix.has_value());
    const auto other = test::analyzed(notebook("origin\tgit@github.com:someone-else/demo.git (fetch)\n"));
    CHECK(findingOf(other, "CUP-PII-USER-NAME") == nullptr);
}
