#pragma once

#include "ui/models/answerrows.h"

namespace nuages::trace {
struct Diff;
struct FileMemory;
struct KindStatistics;
struct TimeLine;
struct WhatIf;
} // namespace nuages::trace

namespace nuages::models {

QStringList diffNodeTitles(std::uint32_t a, std::uint32_t b);
std::vector<AnswerRow> diffNodeRows(const trace::Store &store, const trace::Diff &diff);
QStringList diffInputTitles();
std::vector<AnswerRow> diffInputRows(const trace::Store &store, const trace::Diff &diff);

/// "1 input and 3 values differ · ran 6 and 7 · own time 0.19 ms and 0.20 ms"
QString diffSentence(const trace::Diff &diff);

QStringList whatIfTitles();
std::vector<AnswerRow> whatIfRows(const trace::Store &store, const trace::WhatIf &whatIf);

/// "2 would run for sure, of 5 that may about 3"
QString whatIfSentence(const trace::WhatIf &whatIf);

QStringList statisticsTitles();
std::vector<AnswerRow> statisticsRows(const std::vector<trace::KindStatistics> &kinds);
QStringList kindMemoryTitles();
std::vector<AnswerRow> kindMemoryRows(const std::vector<trace::KindStatistics> &kinds);
QStringList fileMemoryTitles();
std::vector<AnswerRow> fileMemoryRows(const trace::Store &store, const std::vector<trace::FileMemory> &files);

/// Of the waits of threads for each other.
QStringList blockedTitles();
std::vector<AnswerRow> blockedRows(const trace::Store &store, const trace::TimeLine &line);

/// "41 runs in 3.1 ms of 2 threads · 2 waits of 0.20 ms · 5 requests"
QString timeLineSentence(const trace::TimeLine &line);

} // namespace nuages::models
