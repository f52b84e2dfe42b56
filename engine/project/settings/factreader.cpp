#include "engine/project/settings/factreader.h"

#include "engine/source/path.h"

#include <algorithm>

namespace nuages::project {

using python::Count;
using python::Value;

FactReader::FactReader(const python::Evaluation &evaluation, std::string folder, std::string_view configuration)
    : m_evaluation(evaluation), m_folder(std::move(folder))
{
    for (const python::Entry &entry : m_evaluation.names().entries) {
        const auto *cls = as<python::Class>(entry.value);
        if (cls && (configuration.empty() || cls->name == configuration) && isConfiguration(*cls, 0))
            m_configurations.push_back(*cls);
    }
}

bool FactReader::isConfiguration(const python::Class &cls, int depth) const
{
    constexpr int deepest = 10;
    return std::ranges::any_of(cls.bases, [&](const Value &base) {
        const std::string *symbol = base.asSymbol();
        const auto *parent = as<python::Class>(base);
        return (symbol && symbol->starts_with("configurations."))
            || (parent && depth < deepest && isConfiguration(*parent, depth + 1));
    });
}

std::optional<Value> FactReader::classValue(const python::Class &cls, std::string_view name, int depth) const
{
    constexpr int deepest = 10;
    const auto &names = std::get<python::Dictionary>(m_evaluation.heap().at(cls.scope));
    if (const python::Entry *entry = names.find(name))
        return entry->value;
    for (const Value &base : cls.bases) {
        const auto *parent = as<python::Class>(base);
        if (parent && depth < deepest) {
            if (const auto found = classValue(*parent, name, depth + 1))
                return found;
        }
    }
    return std::nullopt;
}

Finding FactReader::setting(std::string_view name) const
{
    Finding finding = key(m_evaluation.names(), name);
    if (!finding.mayBeUnset || m_configurations.empty())
        return finding;
    finding.mayBeUnset = false;
    const auto certainty = m_configurations.size() == 1 ? Certainty::Always : Certainty::InSomeBranch;
    for (const python::Class &cls : m_configurations) {
        if (const auto value = classValue(cls, name, 0))
            add({*value, certainty}, finding);
        else
            finding.mayBeUnset = true;
    }
    return finding;
}

Finding FactReader::key(const python::Dictionary &dictionary, std::string_view name) const
{
    Finding finding;
    const python::Entry *entry = dictionary.find(name);
    finding.mayBeUnset = !entry || !entry->isCertain;
    if (entry)
        add({entry->value, entry->isCertain ? Certainty::Always : Certainty::InSomeBranch}, finding);
    // Names that were bound after a module became open are sure again; those of a plain dictionary are not.
    if (!entry || &dictionary != &m_evaluation.names()) {
        for (const auto &why : dictionary.open)
            addOpen(*why, finding.open);
    }
    return finding;
}

void FactReader::addOpen(const OpenReason &reason, std::vector<OpenReason> &reasons)
{
    if (reason.doubt != python::Doubt::OtherValue)
        reasons.push_back(reason);
}

void FactReader::add(const Candidate &candidate, Finding &finding) const
{
    const std::vector<Value> alternatives = python::alternativesOf(candidate.value);
    const auto elsewhere = std::ranges::count_if(alternatives, [](const Value &one) {
        return one.asUnknown() && one.asUnknown()->doubt != python::Doubt::Unread;
    });
    for (const Value &one : alternatives) {
        if (one.isKnown())
            finding.candidates.push_back(
                {one, std::ssize(alternatives) - elsewhere == 1 ? candidate.certainty : Certainty::InSomeBranch});
        else
            addOpen(m_evaluation.reasonOf(one), finding.open);
    }
}

std::vector<Candidate> FactReader::elements(const Finding &finding, std::vector<OpenReason> &open) const
{
    open.insert(open.end(), finding.open.begin(), finding.open.end());
    Finding found;
    for (const Candidate &list : finding.candidates) {
        if (const auto *sequence = as<python::Sequence>(list.value)) {
            for (const python::Item &item : sequence->items)
                add({item.value, item.count == Count::One ? list.certainty : Certainty::InSomeBranch}, found);
        } else if (const auto *dictionary = as<python::Dictionary>(list.value)) {
            for (const python::Entry &entry : dictionary->entries)
                add({entry.key, entry.isCertain ? list.certainty : Certainty::InSomeBranch}, found);
            for (const auto &why : dictionary->open)
                addOpen(*why, open);
        } else if (!list.value.isNone()) {
            open.push_back(reason(list.value, python::unexpected(list.value, m_evaluation.heap())));
        }
    }
    open.insert(open.end(), found.open.begin(), found.open.end());
    return found.candidates;
}

std::vector<SettingsEntry> FactReader::entries(const Finding &finding, Words words, std::vector<OpenReason> &open) const
{
    std::vector<SettingsEntry> found;
    for (const Candidate &element : elements(finding, open)) {
        const std::string *text = words == Words::Paths ? element.value.asFileName() : element.value.asText();
        if (!text) {
            open.push_back(reason(element.value, python::unexpected(element.value, m_evaluation.heap())));
            continue;
        }
        if (text->empty() && words == Words::Plain) // what an empty default leaves when it is split
            continue;
        const std::string absolute = text->starts_with('/') ? *text : m_folder + '/' + *text;
        SettingsEntry entry{words == Words::Paths ? source::normalPath(absolute) : *text, place(element.value),
                            element.certainty};
        // Alternatives often repeat what they share.
        const auto known = std::ranges::find(found, entry.value, &SettingsEntry::value);
        if (known == found.end() || (known->certainty == Certainty::Always && entry.certainty == Certainty::Always))
            found.push_back(std::move(entry));
    }
    return found;
}

void tidy(std::vector<OpenReason> &reasons)
{
    std::ranges::sort(reasons);
    const auto rest = std::ranges::unique(reasons);
    reasons.erase(rest.begin(), rest.end());
}

Certainty both(Certainty left, Certainty right) { return left == Certainty::Always ? right : Certainty::InSomeBranch; }

} // namespace nuages::project
