-- Looks at the one file that Neovim was started with, and writes what it saw as JSON. Started by tst_opening.cpp.
-- One that has not answered yet counts as well: what starts no server has none at all by now.
local report = { served = #vim.lsp.get_clients({ _uninitialized = true }) > 0 }
if report.served then
  if not vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 10) then report.fault = 'no diagnostics' end
  report.diagnostics = vim.tbl_map(function(diagnostic) return diagnostic.message end, vim.diagnostic.get(0))
end
local file = assert(io.open(vim.env.NUAGES_REPORT, 'w'))
file:write(vim.json.encode(report))
file:close()
vim.cmd.qall({ bang = true })
