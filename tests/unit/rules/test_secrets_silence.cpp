// SPDX-License-Identifier: GPL-3.0-or-later
// What notebooks are full of and what is no secret: pictures, ids, digests, sequences, samples, references.
#include "analyzers/rules/secrets/exclusions.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

using namespace cupel;
using test::Letters;

namespace {

std::size_t strongSecrets(const Analysis& analysis)
{
    std::size_t count = 0;
    for (const auto& finding : analysis.findings) {
        const bool strong = finding.family == Family::Secret && finding.confidence != Confidence::Possible;
        if (strong) {
            test::report(false, __FILE__, __LINE__, "not silent: " + finding.cls + " at " + finding.location.human);
        }
        count += strong ? 1 : 0;
    }
    return count;
}

void silent(std::string_view source)
{
    CHECK_EQ(strongSecrets(test::analyzed(test::notebookOf(test::jsonString(source)))), 0);
}

std::string uuid(Letters& letters)
{
    return letters.of(test::hexDigits, 8) + '-' + letters.of(test::hexDigits, 4) + "-4" + letters.of(test::hexDigits, 3)
        + "-a" + letters.of(test::hexDigits, 3) + '-' + letters.of(test::hexDigits, 12);
}

} // namespace

CUPEL_TEST(picturesAndStreams)
{
    Letters letters;
    std::string png = "\x89PNG\r\n\x1a\n";
    for (int i = 0; i < 60'000; ++i) {
        png.push_back(static_cast<char>(letters.below(256)));
    }
    const auto image = test::toBase64(png);
    silent("img = 'data:image/png;base64," + image + "'\n");
    const auto output =
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": [], "outputs": [)"
        R"({"output_type": "display_data", "metadata": {}, "data": {"image/png": ")"
        + image + R"("}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    CHECK_EQ(strongSecrets(test::analyzed(output)), 0);
}

CUPEL_TEST(idsAndDigests)
{
    Letters letters;
    for (int i = 0; i < 50; ++i) {
        const auto sha1 = letters.of(test::hexDigits, 40);
        const auto sha256 = letters.of(test::hexDigits, 64);
        silent("run_id = '" + uuid(letters) + "'\ncommit " + sha1 + "\npip install git+https://github.com/a/b@" + sha1
            + "\n");
        silent("sha256: " + sha256 + "\n--hash=sha256:" + sha256 + "\n<script integrity=\"sha384-"
            + test::toBase64(letters.of(test::base62, 48)) + "\"></script>\n");
        silent("{\"wandb_version\": \"0.15.1\", \"hash\": \"" + sha1 + "\"}\n");
        silent("image = "
               "'https://host.azurewebsites.net/api/impressions/MachineLearningNotebooks/how-to-use-azureml/"
               "automated-machine-learning.png'\n");
    }
}

CUPEL_TEST(metadataOfWidgetsAndKernels)
{
    Letters letters;
    std::string models;
    for (int i = 0; i < 40; ++i) {
        models += (i > 0 ? ", " : "") + std::string("\"") + letters.of(test::hexDigits, 32)
            + R"(": {"model_module": "@jupyter-widgets/base", "model_name": "LayoutModel", "state": {"layout": "IPY_MODEL_)"
            + letters.of(test::hexDigits, 32) + "\"}}";
    }
    const auto file = R"({"cells": [], "metadata": {"interpreter": {"hash": ")" + letters.of(test::hexDigits, 64)
        + R"("}, "vscode": {"interpreter": {"hash": ")" + letters.of(test::hexDigits, 64)
        + R"("}}, "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {)" + models
        + R"(}, "version_major": 2}}}, "nbformat": 4, "nbformat_minor": 4})";
    CHECK_EQ(strongSecrets(test::analyzed(file)), 0);
}

CUPEL_TEST(sequencesOfBiology)
{
    Letters letters;
    silent("token = '" + letters.of("ACGT", 80) + "'\nwandb = '" + letters.of("acgt", 40) + "'\n");
    silent("secret = '" + letters.of("ACDEFGHIKLMNPQRSTVWY", 60) + "'\n");
    CHECK(rules::secrets::isSequenceData(letters.of("ACGTN", 40)));
    CHECK(!rules::secrets::isSequenceData(letters.of(test::base62, 40)));
}

CUPEL_TEST(referencesAndPlaceholders)
{
    for (const auto* line : {"password = os.environ['DB_PASSWORD']", "api_key = getpass.getpass('key: ')",
             "token = userdata.get('HF_TOKEN')", "wandb.login(key=os.getenv('WANDB_API_KEY'))",
             "password = '<your password here>'", "api_key = 'your_api_key_goes_here_please'",
             "token = '{{ secrets.TOKEN }}'", "password = '${DB_PASSWORD}'", "secret = 'changeme-changeme-changeme'",
             "key = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"}) {
        silent(line);
    }
}

CUPEL_TEST(samplesOfManuals)
{
    using rules::secrets::looksMadeUp;
    CHECK(looksMadeUp("a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6"));
    CHECK(looksMadeUp("123456789abcdef123456789abcdef00"));
    CHECK(looksMadeUp("AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEf"));
    CHECK(looksMadeUp("k9876543210k"));
    CHECK(looksMadeUp("Pa5"
                      "sW0rD"));
    CHECK(looksMadeUp(std::string(40, 'Z')));
    Letters letters;
    std::size_t wrong = 0;
    for (int i = 0; i < 20'000; ++i) {
        wrong += looksMadeUp(letters.of(i % 2 == 0 ? test::base62 : test::hexDigits, 32)) ? 1 : 0;
    }
    CHECK(wrong <= 2);
}

CUPEL_TEST(slugsAreNoKeys)
{
    using rules::secrets::isSlug;
    CHECK(isSlug("api/impressions/MachineLearningNotebooks/configuration"));
    CHECK(isSlug("classification-credit-card-fraud/custom-model-training"));
    CHECK(isSlug("how_to_use_it_2019"));
    CHECK(!isSlug(""));
    Letters letters;
    std::size_t wrong = 0;
    for (int i = 0; i < 20'000; ++i) {
        wrong += isSlug(letters.of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", 32)) ? 1 : 0;
    }
    CHECK_EQ(wrong, 0);
}

CUPEL_TEST(tokensOfPages)
{
    Letters letters;
    for (const std::string name : {"NextToken", "next_token", "ContinuationToken", "pageToken", "syncToken"}) {
        const auto value = letters.of(test::base62, 40);
        const auto source = "page = client.list(" + name + "='" + value + "')\n{'" + name + "': '" + value + "'}";
        CHECK_EQ(test::analyzed(test::notebookOf(test::jsonString(source))).findings.size(), 0);
    }
    const auto found =
        test::analyzed(test::notebookOf(test::jsonString("login(token='" + letters.of(test::base62, 40) + "')")));
    CHECK_EQ(found.findings.size(), 1);
}
