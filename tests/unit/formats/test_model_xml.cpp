// SPDX-License-Identifier: GPL-3.0-or-later
// Models as XML that tests/data/formats/make_graph_seeds.py writes.
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::Looked;

namespace {

Looked look(const std::string& name)
{
    return Looked(test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/model_xml/" + name).value_or(""), "any.txt");
}

} // namespace

CUPEL_TEST(plain_models_are_clean_and_told)
{
    const auto pmml = look("plain.pmml");
    CHECK_EQ(pmml.format(), "model_xml");
    CHECK(pmml.isClean());
    CHECK_EQ(pmml.model().kind, "PMML 4.4");
    CHECK_EQ(pmml.model().producer, "Hand");
    REQUIRE(pmml.model().operators.size() == 1);
    CHECK_EQ(pmml.model().operators[0].name, "TreeModel");
    const auto net = look("plain.xml");
    CHECK(net.isClean());
    CHECK_EQ(net.model().kind, "OpenVINO 11");
    REQUIRE(net.model().tensors.size() == 1);
    CHECK_EQ(net.model().parameterCount, 6);
    CHECK(Looked("<note>text</note>", "a.xml").format() == "text");
}

CUPEL_TEST(what_reading_would_fetch)
{
    for (const auto* name : {"entity.pmml", "wide.pmml", "include.pmml"}) {
        CHECK(look(name).hasFinding("CUP-XML-EXTERNAL"));
    }
    CHECK_EQ(look("entity.pmml").model().references[0].target, "file:///x");
    CHECK_EQ(look("entity.pmml").model().references[1].target, "http://h/x");
    CHECK(look("wide.pmml").hasFinding("CUP-XML-DOCUMENT-TYPE"));
    CHECK(look("laughs.pmml").hasFinding("CUP-XML-BOMB"));
    CHECK(Looked("<!DOCTYPE x [<!ENTITY a '&a;'>]><PMML/>", "x").hasFinding("CUP-XML-BOMB"));
    const Looked small("<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><PMML/>", "x");
    CHECK(!small.hasFinding("CUP-XML-BOMB"));
    CHECK(small.hasFinding("CUP-XML-DOCUMENT-TYPE"));
}

CUPEL_TEST(what_the_model_itself_says)
{
    CHECK(look("range.xml").hasFinding("CUP-XML-RANGE"));
    CHECK(look("extension.xml").hasFinding("CUP-XML-EXTENSION"));
    CHECK(Looked("<PMML><!-- os.system('id') --></PMML>", "x").hasFinding("CUP-XML-CODE"));
    CHECK(Looked("<PMML><!-- the system of an os --></PMML>", "x").isClean());
}

CUPEL_TEST(broken_xml_is_never_clean)
{
    CHECK(look("cut.pmml").hasFinding("CUP-XML-BROKEN"));
    CHECK(look("deep.pmml").hasFinding("CUP-XML-BROKEN"));
    CHECK(!Looked("<PMML><a></b></PMML>", "x").isClean());
    CHECK(!Looked("<PMML><a b=c></a></PMML>", "x").isClean());
    CHECK(!Looked("<PMML/><a", "x").isClean());
    CHECK(!Looked("<?xml version='1.0' encoding='IBM037'?><PMML/>", "x").isComplete());
    CHECK(Looked("<?xml version='1.0' encoding='iso-8859-1'?><PMML/>", "x").isClean());
}
