// SPDX-License-Identifier: GPL-3.0-or-later
// Models as XML: PMML, OpenVINO.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> xmlRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"xml-external-entity", "CUP-XML-EXTERNAL", S::High, C::Certain,
            "Reading the file fetches what it names as an entity: {} ({n} of them)."},
        FlawRow{"xml-include", "CUP-XML-EXTERNAL", S::High, C::Certain,
            "Reading the file includes another one: {} ({n} {place|places})."},
        FlawRow{"xml-external-type", "CUP-XML-DOCUMENT-TYPE", S::Medium, C::Certain,
            "The document type is fetched from elsewhere: {}."},
        FlawRow{"xml-document-type", "CUP-XML-DOCUMENT-TYPE", S::Low, C::Certain,
            "The file brings a document type along; models need none."},
        FlawRow{"xml-parameter-entity", "CUP-XML-DOCUMENT-TYPE", S::Medium, C::Certain,
            "The document type puts its own declarations together: {} ({n} of them)."},
        FlawRow{"xml-bomb", "CUP-XML-BOMB", S::High, C::Certain, "An entity becomes huge when it is written out: {}."},
        FlawRow{"xml-too-deep", "CUP-XML-BROKEN", S::Medium, C::Certain, "Elements are nested more than {} deep."},
        FlawRow{"xml-broken", "CUP-XML-BROKEN", S::Medium, C::Certain, "The XML is not well formed."},
        FlawRow{"xml-encoding", "CUP-XML-BROKEN", S::Medium, C::Certain,
            "The file is written in an encoding that hides its text from other programs: {}."},
        FlawRow{"xml-code", "CUP-XML-CODE", S::Medium, C::Possible,
            "The model holds a piece of code: {} ({n} {kind|kinds})."},
        FlawRow{"xml-style", "CUP-XML-STYLE", S::Low, C::Likely, "A style sheet is named, which browsers run: {}."},
        FlawRow{"openvino-extension", "CUP-XML-EXTENSION", S::Medium, C::Certain,
            "Layers outside of OpenVINO need a native library: {} is the first of {n}."},
        FlawRow{"openvino-range", "CUP-XML-RANGE", S::Medium, C::Certain,
            "A constant names an impossible part of the file with the weights: {} ({n} {constant|constants})."},
    };
    return table;
}

} // namespace cupel::rules::model
