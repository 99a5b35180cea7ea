// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/known_hosts.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

// A host counts when it is one of these or ends with a dot and one of them.
// Where libraries load their scripts and styles from.
constexpr std::array<std::string_view, 41> libraries{"3dmol.org", "ajax.aspnetcdn.com", "ajax.googleapis.com",
    "altair-viz.github.io", "ampproject.org", "anychart.com", "bokeh.org", "bootstrapcdn.com", "cdn.plot.ly",
    "cdn.pydata.org", "cdnjs.cloudflare.com", "cesium.com", "code.highcharts.com", "code.jquery.com", "csb.pitt.edu",
    "d3js.org", "datatables.net", "esm.run", "esm.sh", "fontawesome.com", "fonts.googleapis.com", "fonts.gstatic.com",
    "githubassets.com", "gstatic.com", "holoviz.org", "ipyvizzu.com", "jquery.com", "jsdelivr.net", "jupyter.org",
    "leafletjs.com", "mapbox.com", "mathjax.org", "nglviewer.org", "plot.ly", "plotly.com", "pyodide.org",
    "pyscript.net", "requirejs.org", "unpkg.com", "vega.github.io", "visualstudio.com"};
// Where documents take pictures, videos and links from. Anybody can put a file there: no place for a script.
constexpr std::array<std::string_view, 55> documents{"anaconda.org", "arxiv.org", "badge.fury.io", "badgen.net",
    "binder.org", "cartocdn.com", "cloudfront.net", "codecov.io", "colab.research.google.com",
    "colab.sandbox.google.com", "creativecommons.org", "discord.com", "docs.google.com", "doi.org", "drive.google.com",
    "gist.github.com", "github.com", "github.io", "githubusercontent.com", "gitlab.com", "huggingface.co",
    "i.stack.imgur.com", "ibb.co", "imgur.com", "ipython.org", "kaggle.com", "licensebuttons.net", "matplotlib.org",
    "medium.com", "mermaid.ink", "microsoft.com", "mybinder.org", "numpy.org", "nvidia.com", "openstreetmap.org",
    "pandas.pydata.org", "pypi.org", "python.org", "pytorch.org", "readthedocs.io", "readthedocs.org",
    "s3.amazonaws.com", "scikit-learn.org", "scipy.org", "shields.io", "stackoverflow.com", "stamen.com",
    "storage.googleapis.com", "tensorflow.org", "vimeo.com", "w3.org", "wikimedia.org", "wikipedia.org",
    "youtube-nocookie.com", "youtube.com"};

template <std::size_t size> bool covers(const std::array<std::string_view, size>& names, std::string_view host)
{
    return std::any_of(names.begin(), names.end(), [host](std::string_view name) {
        return host == name
            || (host.size() > name.size() && host.ends_with(name) && host[host.size() - name.size() - 1] == '.');
    });
}

} // namespace

bool isLibraryHost(std::string_view host)
{
    return covers(libraries, host);
}

bool isKnownHost(std::string_view host)
{
    return covers(libraries, host) || covers(documents, host);
}

bool isLocalHost(std::string_view host)
{
    return host == "localhost" || host.starts_with("127.") || host == "[::1]" || host == "0.0.0.0"
        || host.ends_with(".localhost");
}

} // namespace cupel::rules::outputs
