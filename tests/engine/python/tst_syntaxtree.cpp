#include "engine/python/syntaxtree.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace nuages;
using namespace nuages::python;

class TestSyntaxTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNodeKnowsItsKindFieldsAndPlace();
    void commentsAreNoChildren();
    void aFieldMayHaveSeveralChildren();
    void theNullNodeHasEmptyAnswers();
    void aCopyKeepsTextAndTree();
    void treesAreEqualWhenTheirTextsAre();
    void everyTextHasATreeThatCoversIt();
};

void TestSyntaxTree::aNodeKnowsItsKindFieldsAndPlace()
{
    const SyntaxTree tree = SyntaxTree::parse("\nif debug:\n    apps = [1]\n");
    const Node statement = tree.root().children().front();
    QVERIFY(tree.root().is(Kind::Module));
    QVERIFY(statement.is(Kind::IfStatement));
    QCOMPARE(statement.child(Field::Condition).text(), "debug");
    QCOMPARE(statement.child(Field::Condition).range(), (source::Range{4, 9}));
    const Node assignment = statement.child(Field::Consequence).children().front().children().front();
    QVERIFY(assignment.is(Kind::Assignment));
    QCOMPARE(assignment.child(Field::Left).line(), 3u);
    QVERIFY(assignment.child(Field::Right).is(Kind::List));
    QVERIFY(assignment.parent().parent().is(Kind::Block));
    QVERIFY(!tree.root().hasError());
}

void TestSyntaxTree::commentsAreNoChildren()
{
    const SyntaxTree tree = SyntaxTree::parse("# one\nx = [ # two\n  1, # three\n  # four\n  2]\n");
    QCOMPARE(tree.root().children().size(), 1u);
    QCOMPARE(tree.root().children().front().children().front().child(Field::Right).children().size(), 2u);
}

void TestSyntaxTree::aFieldMayHaveSeveralChildren()
{
    const SyntaxTree tree = SyntaxTree::parse("from a import (b, c as d,)\n1 < x <= 2 not in y\n");
    const std::vector<Node> names = tree.root().children()[0].children(Field::Name);
    QCOMPARE(names.size(), 2u);
    QVERIFY(names[0].is(Kind::DottedName));
    QVERIFY(names[1].is(Kind::AliasedImport));
    const Node comparison = tree.root().children()[1].children().front();
    std::string operators;
    for (const Node node : comparison.children(Field::Operators))
        operators.append(node.text()).append(";");
    QCOMPARE(operators, "<;<=;not in;");
}

void TestSyntaxTree::theNullNodeHasEmptyAnswers()
{
    const Node null;
    QVERIFY(null.isNull() && !null && null.is(Kind::Other) && null.text().empty() && null.line() == 0);
    QVERIFY(null.children().empty() && null.children(Field::Name).empty() && !null.hasError());
    QVERIFY(null.child(Field::Left).child(Field::Right).parent().isNull());
    QVERIFY(SyntaxTree().root().children().empty());
}

void TestSyntaxTree::aCopyKeepsTextAndTree()
{
    std::optional<SyntaxTree> first = SyntaxTree::parse("x = 'long enough to live on the heap'\n");
    const SyntaxTree copy = *first;
    const Node node = copy.root().children().front();
    first.reset();
    QCOMPARE(node.text(), "x = 'long enough to live on the heap'");
}

void TestSyntaxTree::treesAreEqualWhenTheirTextsAre()
{
    QVERIFY(SyntaxTree::parse("x = 1") == SyntaxTree::parse("x = 1"));
    QVERIFY(SyntaxTree::parse("x = 1") != SyntaxTree::parse("x = 2"));
}

void TestSyntaxTree::everyTextHasATreeThatCoversIt()
{
    std::mt19937 random(20261124);
    const std::string letters = "a1 \n\t:=()[]{}'\"\\#%.,@*if\r\xff\xc3\xa9";
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (auto length = random() % 200; length > 0; --length)
            text.push_back(letters[random() % letters.size()]);
        const SyntaxTree tree = SyntaxTree::parse(text);
        std::vector<Node> nodes{tree.root()};
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const source::Range outer = nodes[i].range();
            QVERIFY(outer.begin <= outer.end && outer.end <= text.size());
            for (const Node child : nodes[i].children()) {
                QVERIFY(outer.begin <= child.range().begin && child.range().end <= outer.end);
                nodes.push_back(child);
            }
        }
    }
}

NUAGES_TEST(TestSyntaxTree)
#include "tst_syntaxtree.moc"
