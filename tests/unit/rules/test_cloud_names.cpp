// SPDX-License-Identifier: GPL-3.0-or-later
// Which names of clouds are somebody's, and which are of manuals, templates and public data sets.
#include "analyzers/rules/outputs/cloud_names.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <string>

using namespace cupel;
using namespace cupel::rules::outputs;

CUPEL_TEST(bucketsOfSomebody)
{
    const auto name = [](const std::string& text) {
        return std::string(slice(ByteView(text), privateBucket(text, text.find("gs://") + 5)));
    };
    CHECK_EQ(name("wrote gs://homl3-mybucket5/my_model."), "homl3-mybucket5");
    CHECK_EQ(name("see gs://acme-risk-prod."), "acme-risk-prod");
    for (const char* quiet : {"gs://my_bucket/x", "gs://your-bucket-name", "gs://BUCKET_NAME/x", "gs://{bucket}/x",
             "gs://acme-{env}/x", "gs://cloud-samples-data/ai", "gs://download.tensorflow.org/data", "gs://tfds-data/x",
             "gs://gcp-public-data-landsat/x", "gs://", "gs://ab", "gs://<name>", "gs://12345"}) {
        CHECK_EQ(name(quiet), "");
    }
}

CUPEL_TEST(groupsOfResourcesOfSomebody)
{
    const auto name = [](const std::string& text) {
        const auto at = std::min(text.find("/resource"), text.find("--resource"));
        return std::string(slice(ByteView(text), resourceGroup(text, at)));
    };
    CHECK_EQ(name("/subscriptions/x/resourceGroups/recommenders_project_resources/providers"),
        "recommenders_project_resources");
    CHECK_EQ(name("!az ml job --resource-group 'acme-risk-rg' -n x"), "acme-risk-rg");
    for (const char* quiet : {"/resourceGroups/<resource_group>/x", "/resourceGroups/{rg}/x", "/resourceGroups/$RG/x",
             "--resource-group my-resource-group", "--resource-group <resource_group_name>", "--resource-group $RG",
             "--resource-group --name", "/resourceGroups/myResourceGroup/x"}) {
        CHECK_EQ(name(quiet), "");
    }
}

CUPEL_TEST(namesOfCloudsAreTold)
{
    const auto analysis = test::analyzed(
        "# %%\nfiles = load('gs://acme-risk-prod/a.csv')\n!az ml show --resource-group acme-risk-rg\nlogs = "
        "'logs://acme-risk-prod'\n",
        "a.py");
    const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& one) { return one.rule == "CUP-OUT-LEAK-CLOUD-ACCOUNT"; });
    REQUIRE(hit != analysis.findings.end());
    CHECK(hit->message.find("Google Cloud bucket") != std::string::npos);
    CHECK(hit->message.find("Azure resource group") != std::string::npos);
    CHECK(hit->message.find("(2 places)") != std::string::npos);
}
