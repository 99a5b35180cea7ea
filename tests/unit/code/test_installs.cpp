// SPDX-License-Identifier: GPL-3.0-or-later
// Every form of installing that notebooks use, and what is only said about installing.
#include "analyzers/code/command_words.h"
#include "analyzers/code/declared_packages.h"
#include "analyzers/code/install_lines.h"
#include "analyzers/code/install_lists.h"
#include "analyzers/code/requirement_files.h"
#include "tests/unit/check.h"

using namespace cupel;
using namespace cupel::code;

namespace {

// "pip:pandas==2.1.0,shap conda:scipy=1" of everything that is found.
std::string said(const std::vector<InstallCommand>& commands)
{
    std::string out;
    for (const auto& command : commands) {
        out += (out.empty() ? "" : " ") + std::string(toString(command.tool)) + ':';
        bool first = true;
        for (const auto& item : command.items) {
            const auto& r = item.requirement;
            out += (first ? "" : ",") + (r.name.empty() ? (r.kind == Requirement::Kind::Hole ? "?" : r.url) : r.name);
            out += r.specifier + (r.reference.empty() ? "" : "@" + r.reference);
            first = false;
        }
    }
    return out;
}

std::string cell(std::string_view source, std::string_view language = {})
{
    return said(installsInCell(source, language));
}

// What variables hold that a call is given, with the numbers of their cells: "0 pip:a,b 2 pip:c".
std::string lists(const std::vector<std::string_view>& cells)
{
    InstallLists lists;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        lists.read(static_cast<std::uint32_t>(i), cells[i]);
    }
    std::string out;
    for (const auto i : lists.cells()) {
        out += (out.empty() ? "" : " ") + std::to_string(i) + ' ' + said(lists.commandsIn(i, cells[i]));
    }
    return out;
}

std::string file(RequirementFile kind, std::string_view text)
{
    std::vector<InstallCommand> out;
    readRequirementFile(kind, text, 0, {}, out);
    return said(out);
}

} // namespace

CUPEL_TEST(shellLinesAndMagics)
{
    CHECK_EQ(cell("!pip install pandas==2.1.0 shap"), "pip:pandas==2.1.0,shap");
    CHECK_EQ(cell("!pip3 install -qU \"a[x,y]>=1,<2\"\n!pip3.10 install b"), "pip:a>=1,<2 pip:b");
    CHECK_EQ(cell("%pip install a \\\n   b"), "pip:a,b");
    CHECK_EQ(cell("!{sys.executable} -m pip install a && pip install b; pip install c"), "pip:a pip:b pip:c");
    CHECK_EQ(cell("!python3 -m pip install a"), "pip:a");
    CHECK_EQ(cell("!FOO=1 sudo -H env pip install a"), "pip:a");
    CHECK_EQ(cell("out = !pip install a"), "pip:a");
    CHECK_EQ(cell("if x:\n    !pip install a\n"), "pip:a");
    CHECK_EQ(cell("pip install a\nx = 1"), "pip:a");
    CHECK_EQ(cell("%%bash\nset -e\npip install a\nbash -c 'pip install b'"), "pip:a pip:b");
    CHECK_EQ(cell("%%sh\npip install a # b"), "pip:a");
    CHECK_EQ(cell("!pip install -r r.txt -c c.txt -t dir --proxy p a"), "pip:a");
    CHECK_EQ(cell("!pip install $PKGS {more} a=={v}"), "pip:?,?,a=={v}");
    CHECK_EQ(cell("!pip install git+https://github.com/a/b.git@v1#egg=c ./d"), "pip:c@v1,./d");
    CHECK_EQ(cell("!pip install https://x.example/torch-2.0-cp310-none-any.whl"), "pip:torch==2.0");
    CHECK_EQ(cell("!conda install -y -c conda-forge a=1.0=py_0 'b>=2' defaults::c"), "conda:a=1.0,b>=2,c");
    CHECK_EQ(cell("!apt-get -qq install -y ffmpeg"), "system:ffmpeg");
    CHECK_EQ(cell("!npm install -g a@1 @s/b"), "npm:a==1,@s/b");
    CHECK_EQ(cell("!npx -y a@1 serve"), "npx:a==1");
    CHECK_EQ(cell("!uv pip install a\n!uv add b\n!uvx c run\n!uv run --with d x.py"), "uv:a uv:b pipx:c uv:d");
    CHECK_EQ(cell("!poetry add a\n!pipenv install b\n!pipx run c x"), "poetry:a pipenv:b pipx:c");
    CHECK_EQ(cell("!docker run -it --name n img:1.0 ls"), "docker:img==1.0");
    CHECK_EQ(cell("!git clone -b v1 https://github.com/a/b dir"), "git:b@v1");
    CHECK_EQ(cell("!git clone gitdemo gitdemo2"), ""); // a folder is copied
    CHECK_EQ(cell("!curl -sSL https://x.example/i.sh | sudo bash"), "script:https://x.example/i.sh");
    CHECK_EQ(cell("!R -e 'install.packages(\"dplyr\")'"), "r:dplyr");
    CHECK_EQ(cell("%env PIP_INDEX_URL=https://x.example"), "pip:");
    CHECK_EQ(cell("%sh\npip install a\npip install b"), "pip:a pip:b");
    CHECK_EQ(cell("%%writefile requirements.txt\npandas==2.1.0\n"), "pip:pandas==2.1.0");
}

CUPEL_TEST(howItIsInstalled)
{
    const auto hidden = installsInCell("%%capture\n!sudo pip install --pre -i https://x.example/simple a");
    REQUIRE(hidden.size() == 1);
    CHECK(hidden[0].hidden && hidden[0].sudo && hidden[0].shellLine);
    REQUIRE(hidden[0].options.size() == 2);
    CHECK(hidden[0].options[0].kind == InstallOption::Kind::Pre);
    CHECK(hidden[0].options[1].kind == InstallOption::Kind::Index);
    CHECK_EQ(hidden[0].options[1].value, "https://x.example/simple");
    CHECK(installsInCell("!pip install a > /dev/null")[0].hidden);
    CHECK_EQ(installsInCell("!conda install forge::ab")[0].items[0].pinAt, 24); // behind the name
    CHECK_EQ(installsInCell("!pip install 'ab[c]' d")[0].items[0].pinAt, 19);
}

CUPEL_TEST(callsInstallToo)
{
    CHECK_EQ(
        cell("import subprocess, sys\nsubprocess.check_call([sys.executable, \"-m\", \"pip\", \"install\", \"a==1\"])"),
        "pip:a==1");
    CHECK_EQ(cell("os.system('pip install a')"), "pip:a");
    CHECK_EQ(cell("os.system(f\"pip install a=={v}\")"), "pip:a=={v}");
    CHECK_EQ(cell("subprocess.run('pip install a', shell=True)"), "pip:a");
    CHECK_EQ(cell("pip.main(['install', 'a'])"), "pip:a");
    CHECK_EQ(cell("get_ipython().system('pip install a')"), "pip:a");
    CHECK_EQ(cell("get_ipython().run_line_magic('pip', 'install a b')"), "pip:a,b");
    CHECK_EQ(cell("await micropip.install(['a', 'b'])"), "micropip:a,b");
    CHECK_EQ(cell("dbutils.library.installPyPI(\"a\", version=\"1.0\")"), "pip:a==1.0");
    CHECK_EQ(cell("est = Estimator(conda_packages=['a', 'b=1.0'], pip_packages=[\"c\"])"), "conda:a,b=1.0 pip:c");
    CHECK_EQ(cell("deps.add_pip_package('a==2')"), "pip:a==2");
    CHECK_EQ(cell("pip_requirements = other"), "");
    CHECK_EQ(cell("install.packages(c(\"a\", \"b\"))\n# install.packages(\"c\")", "R"), "r:a,b");
    CHECK_EQ(cell("remotes::install_github(\"o/n@v1\")", "R"), "r:n@v1");
    CHECK_EQ(cell("using Pkg\nPkg.add([\"A\", \"B\"])\nPkg.add(name=\"C\", version=\"1.0\")", "julia"),
        "julia:A,B julia:C==1.0");
}

CUPEL_TEST(listsInVariables)
{
    CHECK_EQ(lists({"pip = ['a', 'b==1']\nd = CondaDependencies.create(pip_packages=pip)"}), "0 pip:a,b==1");
    CHECK_EQ(lists({"x = ['a']", "!ls\nE(conda_packages=x)"}), "0 conda:a");
    CHECK_EQ(lists({"x = [\n  'a', # c\n  'b']\nx += ['c']\nx.append('d')\nx.extend(['e'])", "E(pip_packages=x)"}),
        "0 pip:a,b pip:c pip:d pip:e");
    CHECK_EQ(lists({"x = ['a']", "y = x + ('b',)", "z = [*y, 'c']", "E(pip_packages=list(z) + ['own'], n=1)"}),
        "0 pip:a 1 pip:b 2 pip:c");
    CHECK_EQ(lists({"if gpu:\n    x = ['a']\nelse:\n    x = ['b']\nlog(pip_requirements=x)"}), "0 pip:a pip:b");
    CHECK_EQ(lists({"x = ['old']", "x = ['new']\nE(pip_packages=x)\nE(pip_packages=x)"}), "1 pip:new");
    CHECK_EQ(lists({"pip_packages = ['a']\npip_packages.append('b')\nE(pip_packages=pip_packages)"}), "0 pip:b");
    for (const std::string_view text : {"x = ['a']\nE(packages=x)", "x = open('a.txt')\nE(pip_packages=x)",
             "x = ['a']\nx = f(['b'])\nE(pip_packages=x)", "x = ['a'] * 2\nE(pip_packages=x)", "E(pip_packages=x)",
             "x = 'a.txt'\nE(pip_requirements=x)", "x = ['a']\nprint(x == y, 'pip_packages')"}) {
        CHECK_EQ(lists({text}), "");
    }
    std::string doubled = "x = ['a']\n";
    for (int i = 0; i < 300; ++i) {
        doubled += "x = x + x + ['b']\n";
    }
    doubled += "E(pip_packages=x)";
    CHECK(lists({doubled}).size() < 2'000);
    CHECK_EQ(cell("E(pip_packages=base + ['a'], conda_packages=('b', 'c'))"), "pip:a conda:b,c");
}

CUPEL_TEST(whatIsOnlySaid)
{
    for (const std::string_view text : {"# !pip install a", "print('pip install a')", "s = '''\n!pip install a\n'''",
             "!pip list", "!pip uninstall -y a", "!pip freeze > requirements.txt", "%pip show a", "!echo pip install a",
             "\"\"\"\npip install a\n\"\"\"", "pip = 1", "!ls # pip install a", "subprocess.run(['ls'])",
             "main(['install', 'a'])"}) {
        CHECK_EQ(cell(text), "");
    }
}

CUPEL_TEST(wordsOfAShell)
{
    const auto one = splitCommands("a 'b c' \"d $e\" f\\ g >log 2>&1 | h>=1.0 &");
    REQUIRE(one.size() == 2);
    REQUIRE(one[0].words.size() == 4);
    CHECK_EQ(one[0].words[1].text, "b c");
    CHECK(one[0].words[2].hole && !one[0].words[1].hole);
    CHECK_EQ(one[0].words[3].text, "f g");
    CHECK(one[1].piped);
    CHECK_EQ(one[1].words[0].redirect, ">=1.0");
    CHECK(splitCommands("a > /dev/null")[0].silent && !splitCommands("a 2> /dev/null")[0].silent);
}

CUPEL_TEST(requirements)
{
    const auto full = readRequirement("Name_x[a, b] >= 1.0, < 2 ; python_version < '3.8' # c");
    CHECK_EQ(full.name, "Name_x");
    CHECK_EQ(full.extras.size(), 2);
    CHECK_EQ(full.specifier, ">=1.0,<2");
    CHECK_EQ(full.marker, "python_version < '3.8'");
    CHECK_EQ(full.nameEnd, 12);
    CHECK_EQ(readRequirement("n @ https://x.example/n.zip#sha256=aa").hashes, 1);
    CHECK_EQ(normalName("Foo_.-Bar"), "foo-bar");
    CHECK_EQ(exactVersion("==1.0"), "1.0");
    CHECK_EQ(exactVersion("==1.*"), "");
    CHECK_EQ(exactVersion("==1,!=2"), "");
    CHECK_EQ(safeUrl("https://u:p@x.example/a?t=1#f"), "https://x.example/a");
    CHECK_EQ(urlHost("git+ssh://git@github.com:22/a"), "github.com");
}

CUPEL_TEST(filesThatListPackages)
{
    CHECK(requirementFileKind("a/requirements-dev.txt") == RequirementFile::Requirements);
    CHECK(requirementFileKind("notes.txt") == RequirementFile::None);
    CHECK_EQ(file(RequirementFile::Requirements, "# c\na==1 \\\n  --hash=sha256:x\n-e ./l\nb>=2 ; x\n-r o.txt\n"),
        "pip:a==1,./l,b>=2");
    CHECK_EQ(file(RequirementFile::CondaEnvironment,
                 "name: x\ndependencies:\n  - python=3.10\n  - pip:\n    - a==1\n  - b\n"),
        "conda:python=3.10,b pip:a==1");
    CHECK_EQ(file(RequirementFile::Toml,
                 "[project]\ndependencies = [\n 'a>=1', # c\n \"b\"]\n[tool.poetry.dependencies]\npython = \"3\"\nc = "
                 "{version = \"^1\"}\nd = \"2.0\"\n"),
        "pip:a>=1,b,c^1,d==2.0");
    CHECK_EQ(file(RequirementFile::TomlLock,
                 "[[package]]\nname = \"a\"\nversion = \"1\"\n[[package]]\nname = \"b\"\nversion = \"2\"\n"),
        "pip:a==1,b==2");
    CHECK_EQ(file(RequirementFile::SetupCfg, "[options]\ninstall_requires =\n  a>=1\n  b\n[other]\nx =\n  c\n"),
        "pip:a>=1,b");
    CHECK(requirementFileKind("setup.py") == RequirementFile::SetupPy);
    CHECK(requirementFileKind("x/Pipfile.lock") == RequirementFile::PipfileLock);
    CHECK(requirementFileKind("conda-lock.yml") == RequirementFile::CondaLock);
    CHECK(requirementFileKind("conda-linux-64.lock") == RequirementFile::CondaExplicit);
    CHECK_EQ(file(RequirementFile::SetupPy,
                 "import setuptools\nreqs = ['a>=1', \"b\"]\nsetup(name='n', install_requires=reqs,\n      "
                 "extras_require={'dev': ['c==2'], \"all\": [\"d\"]}, tests_require='e')\nx = ['g']\n"),
        "pip:a>=1,b,c==2,d,e");
    CHECK_EQ(file(RequirementFile::SetupPy, "setup(install_requires=\"\"\"\n  a\n  b>=1\n\"\"\")"), "pip:a,b>=1");
    CHECK_EQ(file(RequirementFile::SetupPy, "setup(install_requires=read('r.txt'))"), "");
    CHECK_EQ(
        file(RequirementFile::PipfileLock,
            R"({"_meta": {"requires": {"version": "3"}}, "default": {"a": {"hashes": ["x"], "version": "==1"}, "b":)"
            R"( {"git": "https://x.example/b", "ref": "0a"}}, "develop": {"c": {"version": "==2"}}})"),
        "pip:a==1,b@0a,c==2");
    CHECK_EQ(file(RequirementFile::CondaLock,
                 "version: 1\npackage:\n- name: a\n  version: 1.0\n  manager: conda\n  dependencies:\n    name: x\n- "
                 "name: a\n  version: 1.0\n  manager: conda\n- name: b\n  version: '2'\n  manager: pip\n"),
        "conda:a==1.0 pip:b==2");
    CHECK_EQ(file(RequirementFile::CondaExplicit,
                 "# x\n@EXPLICIT\nhttps://conda.example/main/linux-64/my-pkg-1.26.4-py310_0.conda#aa\n"),
        "conda:my-pkg==1.26.4");
    CHECK_EQ(file(RequirementFile::Shell, "FROM x\nRUN pip install a && \\\n  pip install b\n"), "pip:a pip:b");
    std::vector<InstallCommand> out;
    readScriptMetadata(
        "#!/usr/bin/env python\n# /// script\n# dependencies = [\n#   \"a==1\",\n#   \"b\",\n# ]\n# ///\nx = ['c']\n",
        {}, out);
    CHECK_EQ(said(out), "pip:a==1,b");
}

CUPEL_TEST(oldestVersions)
{
    CHECK_EQ(oldestVersion(">=2.6,<3"), "2.6");
    CHECK_EQ(oldestVersion("<3,>=2.6"), "2.6");
    CHECK_EQ(oldestVersion("~=2.6.1"), "2.6.1");
    CHECK_EQ(oldestVersion("^2.6"), "2.6");
    CHECK_EQ(oldestVersion("==2.*"), "2");
    CHECK_EQ(oldestVersion("==2.1.0"), "2.1.0");
    CHECK_EQ(oldestVersion("<3"), "");
    CHECK_EQ(oldestVersion("!=2.0"), "");
    CHECK_EQ(oldestVersion(""), "");
}

CUPEL_TEST(hostileTextEndsSoon)
{
    for (const auto* piece :
        {"{", "$(", "`", "\"", "!pip install ", "Pkg.add(", "install.packages(", "pip install $(", "<(", "[", "\\\n"}) {
        std::string text;
        for (int i = 0; i < 20'000; ++i) {
            text += piece;
        }
        for (const std::string_view language : {"python", "R", "julia", "bash"}) {
            (void)installsInCell(text, language);
        }
        (void)file(RequirementFile::Requirements, text);
        for (const auto kind : {RequirementFile::Toml, RequirementFile::SetupPy, RequirementFile::PipfileLock,
                 RequirementFile::CondaLock, RequirementFile::CondaExplicit}) {
            (void)file(kind, text);
        }
    }
}
