#pragma once

#include "engine/project/settings/settings.h"
#include "engine/python/evaluation.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// A value that a setting or a key may have, and how sure it is that it has it.
struct Candidate {
    python::Value value;
    Certainty certainty = Certainty::Always;
};

/// What a name may stand for: known candidates, the possibility that it is not set, and why there may be others.
struct Finding {
    std::vector<Candidate> candidates; ///< None of them unknown.
    bool mayBeUnset = false;
    std::vector<OpenReason> open;
};

/// Turns what an evaluation left behind into facts: goes through alternatives, sorts known from unknown, and gives each
/// fact its place.
class FactReader
{
public:
    /// `folder` is what relative paths start from. `configuration` names the class of django-configurations to use;
    /// empty: any class of it may be the one. The evaluation must outlive the reader.
    FactReader(const python::Evaluation &evaluation, std::string folder, std::string_view configuration);

    /// A setting by its name.
    Finding setting(std::string_view name) const;

    /// A key of a dictionary. Reasons that open the dictionary open each of its keys.
    Finding key(const python::Dictionary &dictionary, std::string_view name) const;

    /// The elements of a list that is given by any of the candidates. What cannot be read goes to `open`.
    std::vector<Candidate> elements(const Finding &finding, std::vector<OpenReason> &open) const;

    /// The texts in a list; paths too, made absolute and normal, if `arePaths`.
    enum class Words { Plain, Paths };
    std::vector<SettingsEntry> entries(const Finding &finding, Words words, std::vector<OpenReason> &open) const;

    /// Sorts the candidates that are alternatives of `value` from those that are not known.
    void add(const Candidate &candidate, Finding &finding) const;

    /// Takes a reason up, unless it is only about what a variable does not have here.
    static void addOpen(const OpenReason &reason, std::vector<OpenReason> &reasons);

    template <class T>
    const T *as(const python::Value &value) const
    {
        return m_evaluation.heap().as<T>(value);
    }

    SettingsPlace place(const python::Value &value) const
    {
        return {m_evaluation.fileOf(value.place), value.place.line};
    }

    OpenReason reason(const python::Value &value, std::string why) const
    {
        return {m_evaluation.fileOf(value.place), value.place.line, std::move(why)};
    }

private:
    std::optional<python::Value> classValue(const python::Class &cls, std::string_view name, int depth) const;
    bool isConfiguration(const python::Class &cls, int depth) const;

    const python::Evaluation &m_evaluation;
    std::string m_folder;
    std::vector<python::Class> m_configurations; // those of which one is in use
};

/// Sorts, and drops duplicates: a reason is named once.
void tidy(std::vector<OpenReason> &reasons);

Certainty both(Certainty left, Certainty right);

} // namespace nuages::project
