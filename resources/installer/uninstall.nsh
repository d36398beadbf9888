; What the desk itself writes into a person's registry while it runs, and the installer therefore knows nothing of.
!macro customUnInstall
  ; An update uninstalls the old version first: what is here stays for the new one.
  ${ifNot} ${isUpdated}
    ; Links (src/main/deep-links/register.ts). Another installed copy may have taken them over since: those stay.
    ReadRegStr $R0 HKCU "Software\Classes\handover-desk\shell\open\command" ""
    StrCpy $R1 '"$INSTDIR\'
    StrLen $R2 $R1
    StrCpy $R0 $R0 $R2
    ${if} $R0 == $R1
      DeleteRegKey HKCU "Software\Classes\handover-desk"
    ${endIf}
    ; The start with the computer (src/main/surroundings/autostart.ts), and whether it was switched off in the task manager.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
  ${endIf}
!macroend
