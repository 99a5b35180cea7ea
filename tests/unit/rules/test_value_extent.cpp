// SPDX-License-Identifier: GPL-3.0-or-later
// The found value is all of the value, as a shell, a string literal, an address or a file of passwords reads it: what
// is left over would stand in clear in excerpts and in copies. <1> and <2> stand for parts of a password.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <utility>
#include <vector>

using namespace cupel;

namespace {

// Put together here: no credential stands in the sources.
std::string filled(std::string text)
{
    const std::string first = std::string("Xk") + "29";
    const std::string last = std::string("mm") + "Qp4";
    for (const auto& [sign, part] : {std::pair(std::string("<1>"), first), std::pair(std::string("<2>"), last)}) {
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign)) {
            text.replace(at, sign.size(), part);
        }
    }
    return text;
}

void finds(const std::string& source, const std::string& value)
{
    const auto file = test::notebookOf(test::jsonString(filled(source)));
    const auto quoted = test::jsonString(filled(value));
    const auto wanted = quoted.substr(1, quoted.size() - 2);
    const auto analysis = test::analyzed(file);
    std::size_t secrets = 0;
    bool whole = false;
    for (const auto& finding : analysis.findings) {
        const auto bytes = finding.location.bytes;
        const bool secret = finding.family == Family::Secret;
        secrets += secret ? 1 : 0;
        whole = whole || (secret && file.substr(bytes.start, bytes.size()) == wanted);
        CHECK(finding.rule.find("MAIL") == std::string::npos);
        for (const auto& evidence : finding.evidence) {
            CHECK(evidence.excerpt.find(filled("<2>")) == std::string::npos);
        }
    }
    if (!whole || secrets != 1) {
        test::report(false, __FILE__, __LINE__, "not found as it stands, once: " + source);
    }
}

bool isSilent(const std::string& source)
{
    const auto analysis = test::analyzed(test::notebookOf(test::jsonString(filled(source))));
    return std::none_of(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& finding) { return finding.family == Family::Secret; });
}

} // namespace

CUPEL_TEST(wordsOfAShellEndWhereTheShellEndsThem)
{
    finds("!curl -u \"admin:<1>\\\"<2>\" h", "<1>\\\"<2>");
    finds("!curl -u 'admin:<1> <2>' h", "<1> <2>");
    finds("!PGPASSWORD=<1>\\$<2> psql", "<1>\\$<2>");
    finds("%%bash\nexport PASSWORD=<1>x\\&<2>\n", "<1>x\\&<2>");
    finds("!export DB_PASSWORD=\"<1>\\$<2>\"", "<1>\\$<2>");
    finds("!sshpass -p \"<1>\\\"<2>\" ssh h", "<1>\\\"<2>");
    finds("!docker login -u bob -p <1>!<2> registry.corp.net", "<1>!<2>");
    finds("%env DB_PASSWORD=<1> <2>", "<1> <2>");
    finds("os.system('mysql -p<1>!<2> db')", "<1>!<2>");
    finds("subprocess.run(\"curl -u \\\"bob:<1><2>\\\" https://h\", shell=True)", "<1><2>");
    finds("subprocess.run(\"mysql -u root -p<1><2>\\n\", shell=True)", "<1><2>");
}

CUPEL_TEST(theLastAtEndsTheUserInfo)
{
    finds("u = 'mysql://root:<1>@<2>@10.0.0.5/x'", "<1>@<2>");
    finds("u = 'postgresql://u:p%40<1>/W!<2>@db'", "p%40<1>/W!<2>");
    for (const auto* scheme : {"https", "ftp", "mongodb", "redis", "amqp"}) {
        for (const auto* sign : {"!", "#", "&"}) {
            const auto value = std::string("<1>") + sign + "<2>zz";
            finds("u = '" + std::string(scheme) + "://bot:" + value + "@h.contoso.com/x'", value);
        }
    }
    finds("!pip install --index-url https://bot:<1>!<2>@h.contoso.com/simple x", "<1>!<2>");
    CHECK(isSilent("u = 'mongodb://h1:27017/db?x=a@b'"));
}

CUPEL_TEST(mailBehindAPortOrAQueryIsMail)
{
    const auto mails = [](const std::string& source) {
        const auto analysis = test::analyzed(test::notebookOf(test::jsonString(source)));
        return std::count_if(analysis.findings.begin(), analysis.findings.end(),
            [](const Finding& finding) { return finding.rule.find("EMAIL") != std::string::npos; });
    };
    CHECK_EQ(mails("u = 'https://h.contoso.com:8080/?mail=anna.muster@firma-nord.de'"), 1);
    CHECK_EQ(mails("u = 'https://h.contoso.com/?mail=anna.muster@firma-nord.de'"), 1);
}

CUPEL_TEST(literalsEndAtTheirOwnQuote)
{
    finds("password = \"<1>\\\"x#<2>\"", "<1>\\\"x#<2>");
    finds("password = 'it\\'s<1>!<2>'", "it\\'s<1>!<2>");
    finds("password = \"it's<1>!<2>\"", "it's<1>!<2>");
    finds("conn = psycopg2.connect(host='h', password='<1>\\'<2>')", "<1>\\'<2>");
    finds("requests.get(u, timeout=1, auth=('bob', '<1>\\'<2>'))", "<1>\\'<2>");
    finds("s = \"{\\\"password\\\": \\\"<1>!<2>\\\", \\\"u\\\": \\\"a\\\"}\"", "<1>!<2>");
    finds("{\"password\": \"<1>\\\"<2>\"}", "<1>\\\"<2>");
    finds("db.corp:5432:prod:etl:<1>!\\:<2>", "<1>!\\:<2>");
    finds("c = 'Driver={X};Server=h;UID=u;Password={<1>;<2>!};'", "<1>;<2>!");
    CHECK(isSilent("c = f'Driver=x;Server=h;UID={u};PWD={pwd1};'"));
}

CUPEL_TEST(namesAreFollowedThroughWhatStandsBetween)
{
    for (const auto* before : {"password: str = \"", "db_password: Optional[str] = \"", "def f(password: str = \"",
             "password: SecretStr = SecretStr(\"", "password: str = field(default=\"", "password = getpass() or \"",
             "password = os.environ.get('A') or \"", "pw = \"", "pswd = \"", "psw = \"", "passwort = \"", "senha = \"",
             "mot_de_passe = \"", "contrasena = \"", "kennwort: str = \""}) {
        finds(before + std::string("<1>!<2>\"\n"), "<1>!<2>");
    }
    test::Letters letters;
    const auto key = letters.of(test::hexDigits, 32);
    finds("api_key: str = \"" + key + "\"", key);
    for (const auto* quiet : {"password: Optional[str] = None", "pw = 'pointwise'", "def f(token: str = 'cls'): pass",
             "password = getpass('Enter password 1: ')", "password_label: str = 'Your Password 1'"}) {
        CHECK(isSilent(quiet));
    }
}

CUPEL_TEST(passphrasesAreNoSentences)
{
    finds("password = \"<1> <2>\"", "<1> <2>");
    finds("password = \"correct horse battery staple\"", "correct horse battery staple");
    for (const auto* quiet : {"labels = {\"password\": \"Enter your password\", \"pw\": \"power\"}",
             "x = {'password': 'At least 8 characters'}", "password = \"Passwords don't match\"",
             "parser.add_argument('--password', help='the password of 2 users')"}) {
        CHECK(isSilent(quiet));
    }
    CHECK(!isSilent("password = \"\"\"<1>!\n<2>\"\"\""));
}
