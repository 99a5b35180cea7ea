// SPDX-License-Identifier: GPL-3.0-or-later
// Words that say what code does with names: what Python and IPython define by themselves, and methods and functions by
// what they change. Tables only.
#pragma once

#include <string_view>

namespace cupel::lineage {

// Of Python 2 and 3, IPython and the notebooks of Databricks.
[[nodiscard]] bool isGivenName(std::string_view name);
// x.append(v) changes x.
[[nodiscard]] bool changesObject(std::string_view method);
// x.append(v) changes x again when it is run again.
[[nodiscard]] bool growsObject(std::string_view method);
// x = np.log(x), x = x.transpose(): another value each time.
[[nodiscard]] bool changesEachTime(std::string_view function);
// optimizer.step() changes what it was made with.
[[nodiscard]] bool changesHeld(std::string_view method);
// x.fit(y) is x.
[[nodiscard]] bool returnsObject(std::string_view method);
// x.reshape(2, 2) shares its values with x.
[[nodiscard]] bool returnsView(std::string_view method);
// x.head() looks only.
[[nodiscard]] bool onlyLooks(std::string_view method);
// df.dropna() gives a new one and leaves the old one as it is.
[[nodiscard]] bool givesNewObject(std::string_view method);
// random.shuffle(x) changes its first argument.
[[nodiscard]] bool changesArgument(std::string_view function);
[[nodiscard]] bool savesSomething(std::string_view method);
[[nodiscard]] bool opensFile(std::string_view function);
// A module that nobody keeps beside the notebook.
[[nodiscard]] bool isInstalledModule(std::string_view top);
// "net", "model_2": what functions called train change.
[[nodiscard]] bool looksLikeModel(std::string_view name);

} // namespace cupel::lineage
