import { settingInWords, type DecodingChange } from '../../../shared/domain/template/decoding.ts'
import type { Arm, RunPlan } from '../../../shared/domain/testRun/arm.ts'
import type { TestedModel } from '../../../shared/domain/testRun/run.ts'
import { capitalised } from '../../../shared/domain/testRun/words.ts'

type ModelPlan = Extract<RunPlan, { kind: 'models' }>

/** Each model with each setting, model by model, so that each is loaded once. */
export function modelArms(
  { settings }: ModelPlan,
  base: Omit<Arm, 'id' | 'name'>,
  models: readonly TestedModel[],
): readonly Arm[] {
  return models.flatMap((model, m) =>
    settings.map((setting, s): Arm => {
      return {
        ...base,
        id: `model-${String(m + 1)}-setting-${String(s + 1)}`,
        name: nameOf(model, setting, models.length > 1, settings.length > 1),
        model: model.sha256,
        decoding: setting,
      }
    }),
  )
}

/** What the arm differs in. The name of a model is in quotes, since it is not ours to spell. */
function nameOf(
  { name }: TestedModel,
  setting: DecodingChange,
  severalModels: boolean,
  severalSettings: boolean,
): string {
  if (severalModels) return severalSettings ? `“${name}”, ${settingInWords(setting)}` : `“${name}”`
  return capitalised(settingInWords(setting))
}
