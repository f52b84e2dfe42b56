-- Plays the part of a user of Neovim, with resources/editors/neovim.lua as init.lua, and writes what it saw as JSON.
-- Started by tst_editors.cpp; its word for each step is a member of the report.
local report = {}

local function wait(what, condition)
  assert(vim.wait(60000, condition, 10), 'timed out: ' .. what)
end

local function messages()
  return vim.tbl_map(function(diagnostic) return diagnostic.message end, vim.diagnostic.get(0))
end

local show = vim.lsp.handlers['window/showMessage']
vim.lsp.handlers['window/showMessage'] = function(fault, params, ...)
  report.told = report.told or params.message
  return show(fault, params, ...)
end

local function play()
  local page = vim.api.nvim_get_current_buf()
  wait('diagnostics', function() return #messages() > 0 end)
  wait('a word of the server', function() return report.told end)
  local client = assert(vim.lsp.get_clients({ bufnr = page })[1], 'no client')

  vim.api.nvim_win_set_cursor(0, { 6, 5 }) -- on the f of {% for
  local position = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local reply = assert(vim.lsp.buf_request_sync(page, 'textDocument/completion', position, 60000))[client.id]
  report.completion = vim.tbl_map(function(item) return item.label end, reply.result.items)

  vim.lsp.buf.hover()
  local function float()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then return window end
    end
  end
  wait('hover', float)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float()), 0, -1, true)
  report.hover = table.concat(lines, '\n')
  vim.api.nvim_win_close(float(), true)

  vim.api.nvim_win_set_cursor(0, { 3, 10 }) -- in {% block subject %}
  vim.lsp.buf.definition()
  wait('definition', function() return vim.api.nvim_get_current_buf() ~= page end)
  report.definition = vim.api.nvim_buf_get_name(0) .. ':' .. vim.api.nvim_win_get_cursor(0)[1]
  vim.api.nvim_set_current_buf(page)

  report.diagnostics = messages() -- as late as this, so that none can come twice unseen
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.cmd.normal({ 'A{# \u{e9}\u{1f600} #}{# end #}', bang = true })
  vim.cmd.substitute([[/{# end/{% load catalog_tags %}&/]])
  wait('no diagnostics', function() return #messages() == 0 end)
  report.edited = messages()

  -- A person types, waits for the menu and accepts. Until insert mode is left the keys below do not return.
  vim.o.completeopt = 'menu,menuone'
  local timer = assert(vim.uv.new_timer())
  local turns = 0
  timer:start(10, 10, vim.schedule_wrap(function()
    turns = turns + 1
    if vim.fn.pumvisible() == 0 and turns < 3000 then return end
    timer:stop()
    vim.api.nvim_input('<C-y><Esc>')
  end))
  vim.api.nvim_feedkeys(vim.keycode('Go{% inclu<C-x><C-o>'), 'tx!', false)
  report.completed = vim.api.nvim_get_current_line()

  vim.lsp.stop_client(client.id)
  wait('exit', function() return vim.lsp.client_is_stopped(client.id) end)
end

local isPlayed, fault = xpcall(play, debug.traceback)
if not isPlayed then report.fault = fault end
local file = assert(io.open(vim.env.NUAGES_REPORT, 'w'))
file:write(vim.json.encode(report))
file:close()
vim.cmd.qall({ bang = true })
