-- Looks at the one file that Neovim was started with, and writes what it saw as JSON. Started by tst_opening.cpp.
-- One that has not answered yet counts as well: what starts no server has none at all by now.
local client = vim.lsp.get_clients({ _uninitialized = true })[1]
local report = { served = client ~= nil }
if client then
  local judged = false
  vim.api.nvim_create_autocmd('DiagnosticChanged', { buffer = 0, callback = function() judged = true end })
  if not vim.wait(60000, function() return judged end, 10) then report.fault = 'no word of diagnostics' end
  report.diagnostics = vim.tbl_map(function(diagnostic) return diagnostic.message end, vim.diagnostic.get(0))
  -- Neovim does not wait for a server when it ends.
  client.stop()
  if not vim.wait(60000, client.is_stopped, 10) then report.fault = 'the server does not end' end
end
local file = assert(io.open(vim.env.NUAGES_REPORT, 'w'))
file:write(vim.json.encode(report))
file:close()
vim.cmd.qall({ bang = true })
