-- What Neovim makes of `longtu lsp`, by its own client: prints what came, one thing a line. Run by lsp_nvim_test.py.
local function say(...) io.stdout:write(string.format(...), "\n") end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.FILE))
  local id = vim.lsp.start_client({ name = "longtu", cmd = { vim.env.LONGTU, "lsp", "--lang", "en" }, root_dir = vim.fn.getcwd() })
  assert(id, "the server does not start")
  assert(vim.lsp.buf_attach_client(0, id), "the buffer is not attached")
  assert(vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end, 20), "no diagnostics")
  local row = vim.fn.search("value: 40.42") - 1
  local line = vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]
  vim.api.nvim_buf_set_lines(0, row, row + 1, true, { (line:gsub("40.42", "80.42")) })
  local function wrong()
    return vim.tbl_filter(function(one) return one.code == "LT2101" and one.lnum == row end, vim.diagnostic.get(0))
  end
  assert(vim.wait(10000, function() return #wrong() > 0 end, 20), "the contradiction is not told")
  local one = wrong()[1]
  say("diagnostic %s %s", one.code, vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]:sub(one.col + 1, one.end_col))

  vim.fn.search("indicator: gdp_share")
  vim.cmd("normal! f:2l")
  local function ask(method, params)
    local answers = assert(vim.lsp.buf_request_sync(0, method, params or vim.lsp.util.make_position_params(), 10000))
    return answers[id].result
  end
  say("hover %s", ask("textDocument/hover").contents.value:match("[^\n]*"))
  say("definition %s", ask("textDocument/definition").uri:match("[^/]*$"))

  vim.fn.append(row + 1, { "  - {indicator: 农林" })
  vim.api.nvim_win_set_cursor(0, { row + 2, #"  - {indicator: 农林" })
  local items = vim.lsp.util.extract_completion_items(ask("textDocument/completion",
    { textDocument = vim.lsp.util.make_text_document_params(), position = { line = row + 1, character = #"  - {indicator: " + 2 } }))
  say("completion %s", items[1].textEdit.newText)
  vim.cmd("undo")
  local before = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
  vim.fn.setline(row + 1, (line:gsub("  %- {", "  -   {")))
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 10000 }) else vim.lsp.buf.formatting_sync(nil, 10000) end
  local after = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
  say("formatting %s", tostring(after == (before:gsub("80.42", "40.42"))))
  vim.lsp.stop_client(id)
  assert(vim.wait(5000, function() return vim.lsp.client_is_stopped(id) end, 20), "the server does not stop")
end

local ok, why = pcall(run)
if not ok then say("failed: %s", why) end
vim.cmd(ok and "qall!" or "cquit!")
