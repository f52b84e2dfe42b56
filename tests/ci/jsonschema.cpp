#include "tests/ci/jsonschema.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <cmath>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

class Check
{
public:
    explicit Check(const QJsonObject &root) : m_root(root) { }

    QStringList faults(const QJsonValue &value, const QJsonObject &schema, const QString &place) const
    {
        QStringList found;
        const auto fault = [&](const QString &what) { found << u"%1: %2"_s.arg(place, what); };
        for (auto word = schema.begin(); word != schema.end(); ++word) {
            const QString key = word.key();
            const QJsonValue rule = word.value();
            if (key == u"$ref") {
                found << faults(value, referred(rule.toString()), place);
            } else if (key == u"type") {
                if (!isOfType(value, rule.toString()))
                    fault(u"is no "_s + rule.toString());
            } else if (key == u"enum") {
                if (!rule.toArray().contains(value))
                    fault(u"is none of the words"_s);
            } else if (key == u"required") {
                for (const QJsonValue &name : rule.toArray()) {
                    if (value.isObject() && !value.toObject().contains(name.toString()))
                        fault(u"lacks "_s + name.toString());
                }
            } else if (key == u"minimum") {
                if (value.isDouble() && value.toDouble() < rule.toDouble())
                    fault(u"is too small"_s);
            } else if (key == u"maximum") {
                if (value.isDouble() && value.toDouble() > rule.toDouble())
                    fault(u"is too large"_s);
            } else if (key == u"pattern") {
                if (value.isString() && !QRegularExpression(rule.toString()).match(value.toString()).hasMatch())
                    fault(u"does not match "_s + rule.toString());
            } else if (key == u"format") {
                if (value.isString() && !hasFormat(value.toString(), rule.toString()))
                    fault(u"is no "_s + rule.toString());
            } else if (key == u"minItems") {
                if (value.isArray() && value.toArray().size() < rule.toInteger())
                    fault(u"has too few items"_s);
            } else if (key == u"uniqueItems") {
                const QJsonArray items = value.toArray();
                for (qsizetype i = 0; rule.toBool() && i < items.size(); ++i) {
                    if (std::find(items.begin() + i + 1, items.end(), items[i]) != items.end())
                        fault(u"has equal items"_s);
                }
            } else if (key == u"items") {
                for (qsizetype i = 0; i < value.toArray().size(); ++i)
                    found << faults(value[i], rule.toObject(), u"%1/%2"_s.arg(place).arg(i));
            } else if (key == u"properties") {
                found << faultsOfMembers(value, schema, place);
            } else if (key == u"additionalProperties") {
                if (!schema.contains(u"properties"))
                    found << faultsOfMembers(value, schema, place);
            } else if (key == u"anyOf" || key == u"oneOf") {
                qsizetype fitting = 0;
                for (const QJsonValue &choice : rule.toArray())
                    fitting += faults(value, choice.toObject(), place).isEmpty() ? 1 : 0;
                if (fitting == 0 || (key == u"oneOf" && fitting > 1))
                    fault(u"fits %1 of %2"_s.arg(fitting).arg(key));
            } else if (!says.contains(key)) {
                fault(u"the schema says "_s + key + u", which is not known here"_s);
            }
        }
        return found;
    }

private:
    /// Words of a schema that demand nothing.
    static inline const QSet<QString> says = {u"$schema"_s, u"id"_s,          u"title"_s,
                                              u"default"_s, u"description"_s, u"definitions"_s};

    QStringList faultsOfMembers(const QJsonValue &value, const QJsonObject &schema, const QString &place) const
    {
        QStringList found;
        const QJsonObject members = value.toObject();
        const QJsonObject known = schema[u"properties"].toObject();
        const QJsonValue others = schema[u"additionalProperties"];
        for (auto member = members.begin(); member != members.end(); ++member) {
            const QString at = place + u'/' + member.key();
            if (known.contains(member.key()))
                found << faults(member.value(), known[member.key()].toObject(), at);
            else if (others.isBool() && !others.toBool())
                found << at + u": has no place"_s;
            else if (others.isObject())
                found << faults(member.value(), others.toObject(), at);
        }
        return found;
    }

    QJsonObject referred(const QString &reference) const
    {
        QJsonValue at = m_root;
        for (const QString &part : reference.mid(2).split(u'/'))
            at = at[part];
        return at.toObject();
    }

    static bool isOfType(const QJsonValue &value, const QString &type)
    {
        return (type == u"object" && value.isObject()) || (type == u"array" && value.isArray())
            || (type == u"string" && value.isString()) || (type == u"boolean" && value.isBool())
            || (type == u"number" && value.isDouble())
            || (type == u"integer" && value.isDouble() && value.toDouble() == std::floor(value.toDouble()));
    }

    static bool hasFormat(const QString &text, const QString &format)
    {
        const QUrl url(text, QUrl::StrictMode);
        if (format == u"uri")
            return url.isValid() && !url.isRelative();
        if (format == u"uri-reference")
            return url.isValid();
        return format == u"date-time" && QDateTime::fromString(text, Qt::ISODate).isValid();
    }

    const QJsonObject &m_root;
};

} // namespace

QStringList faultsBySchema(const QJsonValue &value, const QJsonObject &schema)
{
    return Check(schema).faults(value, schema, QString());
}

} // namespace nuages::tests
