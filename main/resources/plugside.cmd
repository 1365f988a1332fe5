@echo off
rem The command line of an installed Plugside, with the Node that came with it.
setlocal
set "node=%~dp0node.exe"
if not exist "%node%" set "node=node"
"%node%" "%~dp0dist\cli.js" %*
exit /b %errorlevel%
