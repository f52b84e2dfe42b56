-- Plays the part of a user of Neovim whose server is looked at, with resources/editors/neovim.lua as init.lua. Where
-- NUAGES_ATTACH is set it is the command of an inspector, which is started beside the server.
local report = {}

local function wait(what, condition)
  assert(vim.wait(60000, condition, 10), 'timed out: ' .. what)
end

local function complete(client, row, column)
  vim.api.nvim_win_set_cursor(0, { row, column })
  local position = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local reply = assert(vim.lsp.buf_request_sync(0, 'textDocument/completion', position, 60000))[client.id]
  return #reply.result.items
end

local function play()
  wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  local client = assert(vim.lsp.get_clients({ bufnr = 0 })[1], 'no client')
  local offered = client.server_capabilities.executeCommandProvider
  report.commands = offered and offered.commands or {}

  local inspector
  if vim.env.NUAGES_ATTACH then
    local isLooking = false
    inspector = vim.fn.jobstart(vim.env.NUAGES_ATTACH, {
      on_stdout = function(_, lines) isLooking = isLooking or table.concat(lines):find('looking at process') ~= nil end,
    })
    wait('the inspector', function() return isLooking end)
  end
  vim.cmd.normal({ 'Go{% inclu', bang = true })
  complete(client, vim.api.nvim_buf_line_count(0), 8)
  vim.cmd.normal({ 'Go{% fo', bang = true })
  report.offered = complete(client, vim.api.nvim_buf_line_count(0), 5)

  vim.lsp.stop_client(client.id)
  wait('exit', function() return vim.lsp.client_is_stopped(client.id) end)
  if inspector then report.inspector = vim.fn.jobwait({ inspector }, 60000)[1] end
end

local isPlayed, fault = xpcall(play, debug.traceback)
if not isPlayed then report.fault = fault end
local file = assert(io.open(vim.env.NUAGES_REPORT, 'w'))
file:write(vim.json.encode(report))
file:close()
vim.cmd.qall({ bang = true })
