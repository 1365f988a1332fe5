; What the Windows installer does beyond electron-builder's own. Every text is said in the language of the installer.
!ifndef BUILD_UNINSTALLER
LangString askPath 1033 "Put the command line (plugside) on the path of this user?"
LangString askPath 1053 "Lägga kommandoraden (plugside) i användarens sökväg?"
!endif

!macro customInstall
  ; Stations call from outside. A rule needs an administrator: an installation for one user leaves it to the question Windows asks.
  ${if} $installMode == "all"
    nsExec::Exec 'netsh advfirewall firewall delete rule name="Plugside" program="$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
    nsExec::Exec 'netsh advfirewall firewall add rule name="Plugside" dir=in action=allow profile=any protocol=TCP program="$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
    nsExec::Exec 'netsh advfirewall firewall delete rule name="Plugside command line" program="$INSTDIR\resources\cli\node.exe"'
    nsExec::Exec 'netsh advfirewall firewall add rule name="Plugside command line" dir=in action=allow profile=any protocol=TCP program="$INSTDIR\resources\cli\node.exe"'
  ${endif}
  ; A silent installation leaves the path as it is.
  MessageBox MB_YESNO|MB_ICONQUESTION "$(askPath)" /SD IDNO IDNO keepPath
  nsExec::Exec 'powershell -NoProfile -NonInteractive -Command "$$c = \"$INSTDIR\resources\cli\"; $$p = @([Environment]::GetEnvironmentVariable(\"Path\", \"User\") -split \";\" | Where-Object { $$_ -and $$_ -ne $$c }); [Environment]::SetEnvironmentVariable(\"Path\", (($$p + $$c) -join \";\"), \"User\")"'
  keepPath:
!macroend

!macro customUnInstall
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Plugside" program="$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Plugside command line" program="$INSTDIR\resources\cli\node.exe"'
  nsExec::Exec 'powershell -NoProfile -NonInteractive -Command "$$c = \"$INSTDIR\resources\cli\"; $$p = @([Environment]::GetEnvironmentVariable(\"Path\", \"User\") -split \";\" | Where-Object { $$_ -and $$_ -ne $$c }); [Environment]::SetEnvironmentVariable(\"Path\", ($$p -join \";\"), \"User\")"'
!macroend
