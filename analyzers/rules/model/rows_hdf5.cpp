// SPDX-License-Identifier: GPL-3.0-or-later
// HDF5 files.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> hdf5Rows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"hdf5-external-link", "CUP-HDF-OUTSIDE", S::High, C::Certain,
            "A link leads into another file: {} ({n} {link|links})."},
        FlawRow{"hdf5-external-storage", "CUP-HDF-OUTSIDE", S::High, C::Certain,
            "A data set is read from another file: {} ({n} {file|files})."},
        FlawRow{"hdf5-virtual", "CUP-HDF-OUTSIDE", S::High, C::Certain,
            "A data set is put together from other files, the first is {}."},
        FlawRow{"hdf5-user-link", "CUP-HDF-USER-LINK", S::Medium, C::Certain,
            "The link {} is of a kind that needs a native library."},
        FlawRow{"hdf5-filter", "CUP-HDF-FILTER", S::Info, C::Likely,
            "Data is packed with filter {}, which comes as a native library."},
        FlawRow{"hdf5-pickle", "CUP-HDF-PICKLE", S::Medium, C::Certain,
            "The file holds pickles ({n}). They are judged as members of their own."},
        FlawRow{"hdf5-broken", "CUP-HDF-BROKEN", S::Medium, C::Certain,
            "The file cannot be read to its end: {} is damaged."},
        FlawRow{
            "hdf5-truncated", "CUP-HDF-BROKEN", S::Medium, C::Certain, "The file lacks {} {byte|bytes} at its end."},
        FlawRow{"hdf5-dataset-range", "CUP-HDF-RANGE", S::Medium, C::Certain,
            "Data that is asked for does not fit into its place: {} ({n} {place|places})."},
        FlawRow{"hdf5-trailing", "CUP-HDF-HIDDEN", S::Medium, C::Certain,
            "{} {byte follows|bytes follow} the end of the file."},
        FlawRow{"hdf5-unused", "CUP-HDF-HIDDEN", S::Low, C::Certain,
            "{} {byte stands|bytes stand} in room that no object, tree or heap of the file uses."},
        FlawRow{"hdf5-user-block", "CUP-HDF-HIDDEN", S::Low, C::Certain,
            "{} {byte stands|bytes stand} in front of the HDF5 file, which programs skip."},
    };
    return table;
}

} // namespace cupel::rules::model
