@echo off
rem Starts a task by hand: spare-key TASK [OPTIONS], for example spare-key find 58E9DFAD --in D:\Reports
rem The program may read and write files and nothing else. Its exit code is that of the task.
setlocal EnableExtensions DisableDelayedExpansion

rem Deno and Node obey dozens of variables: none of the machine's reaches the program.
for /f "delims==" %%V in ('set DENO_ 2^>nul') do set "%%V="
for /f "delims==" %%V in ('set NODE_ 2^>nul') do set "%%V="
for %%V in (HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR) do set "%%V="
set "DENO_DIR=%LOCALAPPDATA%\Spare Key\deno"
set "DENO_TLS_CA_STORE=mozilla,system"
set "DENO_DISABLE_NODE_SHIM=1"
set "DENO_NO_UPDATE_CHECK=1"
set "NO_COLOR=1"
rem More room for short-lived values makes nothing quicker, and a file of any size is read in less than 200 MB.
set "DENO_V8_FLAGS=--max-semi-space-size=4"

"%~dp0deno.exe" run --quiet --no-prompt --no-lock --no-npm --no-remote --cached-only --no-config --no-code-cache --allow-read --allow-write "%~dp0main.js" %*
exit /b %ERRORLEVEL%
