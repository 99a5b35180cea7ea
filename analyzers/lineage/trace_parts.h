// SPDX-License-Identifier: GPL-3.0-or-later
// What the walk through code keeps of units, scopes, functions, classes, calls on the way and branches. Used by trace.h
// alone; indices are into its lists, `none` means there is none.
#pragma once

#include "analyzers/lineage/parsed_file.h"
#include "analyzers/lineage/things.h"

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace cupel::lineage {

struct TraceParts {
    struct Unit {
        ParsedFilePtr file;
        std::uint32_t index = 0; // into ParsedFile::units, or writtenUnits
        bool written = false; // a script that a cell writes
        std::uint32_t graphFile = none;
        std::vector<Ref> values; // by node
    };
    struct Scope {
        enum class Kind : std::uint8_t { Module, Function, Class };
        Kind kind = Kind::Module;
        std::uint32_t parent = none;
        std::unordered_map<std::string_view, Ref> names;
        std::unordered_set<std::string_view> globals;
        std::unordered_set<std::string_view> nonlocals;
        bool comprehension = false;
    };
    struct Parameter {
        std::string_view name;
        Ref fallback = 0;
        std::string_view annotation;
        enum class Kind : std::uint8_t { Plain, List, Dictionary } kind = Kind::Plain;
    };
    struct Function {
        std::uint32_t unit = none;
        std::uint32_t node = code::Syntax::none;
        std::uint32_t body = code::Syntax::none;
        std::uint32_t scope = none; // it was defined in
        std::uint32_t owner = none; // class
        std::string_view name;
        std::vector<Parameter> parameters;
        bool lambda = false;
        bool active = false; // on the way: not entered again
        bool called = false;
        bool isStatic = false;
        bool ofClass = false; // its first argument is the class
        bool property = false; // asked for without a call
        Marks endpoints; // that it answers for: nodes
    };
    struct Class {
        std::string_view name;
        std::uint32_t scope = none;
        std::vector<Ref> bases;
        std::string_view type; // of a library, that it is a kind of; empty
        std::uint32_t unit = none;
        std::uint32_t node = code::Syntax::none;
        std::vector<std::string_view> fields; // of its own, in their order, once somebody asked
        bool asked = false;
    };
    struct Frame { // a call on the way
        std::uint32_t function = none;
        Place callSite;
        std::vector<Ref> returned;
        bool yields = false;
    };
    struct Pass { // a call of a module that may turn out to be training
        Ref model = 0;
        std::uint32_t modelNode = none;
        Place place;
        std::vector<Place> calledFrom;
        Marks inputs;
        std::vector<Ref> given; // when there are no inputs: values that the code itself fills in, perhaps
        Marks rows;
        Marks fittedOn;
        std::vector<std::string_view> columns;
        CodePlace code;
        bool trained = false;
        bool sure = false; // it is a module
    };
    struct Arm { // what a branch changed
        std::vector<std::pair<std::pair<std::uint32_t, std::string_view>, Ref>> before;
        std::map<std::pair<std::uint32_t, std::string_view>, std::vector<Ref>> after;
        std::size_t arms = 0;
        Marks figure; // of the moment, before
        Marks figures; // after any of them
    };
    struct Fit {
        Place place;
        Marks rows;
        std::string type;
        bool transformer = false;
    };
    struct Use { // a training or an evaluation
        std::size_t index = 0; // into the graph's trainings or evaluations
        bool training = false;
        std::uint32_t model = none;
        Marks rows;
        Marks fittedOn;
        bool sample = false;
        Role role = Role::None;
        bool repeated = false; // in a loop that makes the model anew each time
        bool folds = false; // cross-validation: training and measuring by turns
        bool remote = false; // a job elsewhere, which may be no training at all
        bool watched = false; // rows that a training is watched on: `index` is that training
    };
    struct NamedWriting { // a call that writes a file, by its name
        std::string_view callee;
        std::string_view rule;
        std::string_view why;
        bool model = false; // what is written may be the model itself
    };
    struct Effect { // a call for its effect that is given rows and a file, which it reads or writes
        std::uint32_t file = none; // node
        Place place;
        std::string callee;
        Marks inputs;
        std::size_t sources = 0; // that were known when it was called
    };
    struct Figure {
        Marks from; // what was drawn on it
        std::string_view name; // or number, by which pyplot finds it again
    };
    struct Learnt { // what a model was taught, as long as one node stands for it
        Place place; // the last training, and where it was called from
        std::vector<Place> calledFrom;
        std::string_view rounds;
        bool taught = false;
        bool saved = false; // since then
        CodePlace savedIn; // the loop that saves it
        std::uint32_t before = none; // the node that stood for the same object until then
        bool anew = false; // nothing of what that one had learnt is left
    };
    struct Save { // a sink, and how many trainings were known when it was written
        std::size_t sink = 0;
        std::size_t trainings = 0;
        bool inLoop = false;
    };
};

} // namespace cupel::lineage
