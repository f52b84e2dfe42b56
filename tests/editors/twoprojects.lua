-- Watches a page of each of two projects in Neovim while another program changes their files, and writes what it saw as
-- JSON. Started by tst_twoprojects.cpp, which names the steps in steps.json.
local report = { steps = {} }

local function messages(page)
  local found = vim.diagnostic.get(page)
  table.sort(found, function(a, b) return a.lnum < b.lnum end)
  return vim.tbl_map(function(diagnostic) return diagnostic.message end, found)
end

local function play()
  local one = vim.api.nvim_get_current_buf()
  vim.cmd.edit(vim.env.HOME .. '/two/templates/page.html')
  local two = vim.api.nvim_get_current_buf()
  for _, step in ipairs(vim.json.decode(table.concat(vim.fn.readfile(vim.env.HOME .. '/steps.json')))) do
    assert(vim.system({ 'sh', '-c', step.command }, { cwd = vim.env.HOME }):wait().code == 0, step.command)
    local seen
    local isRight = vim.wait(60000, function()
      seen = { one = messages(one), two = messages(two) }
      return vim.deep_equal(seen, { one = step.one, two = step.two })
    end, 10)
    table.insert(report.steps, seen)
    assert(isRight, 'timed out: ' .. step.command)
  end
  local client = assert(vim.lsp.get_clients({ bufnr = one })[1], 'no client')
  client.stop()
  assert(vim.wait(60000, client.is_stopped, 10), 'the server does not end')
end

local isPlayed, fault = xpcall(play, debug.traceback)
if not isPlayed then report.fault = fault end
local file = assert(io.open(vim.env.NUAGES_REPORT, 'w'))
file:write(vim.json.encode(report))
file:close()
vim.cmd.qall({ bang = true })
